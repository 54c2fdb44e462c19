#!/usr/bin/env python3
"""How sure a statement is: weights for ingest/data/confidence.tsv, from what `newsgraph eval --judged` prints of texts with gold.

    tools/train/confidence.py [--binary build/release/bin/newsgraph] [--report] [GOLD ...]

A logistic model with ridge penalty, fitted by Newton's method. Its figures are of documents that it was not fitted to: ten folds, each
document in one. The penalty is the one with the least loss there. Texts that no author of rules has read count twice. A feature of fewer than LEAST statements has no weight.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLD = ["tests/corpus", "tests/articles/open", "tests/articles/second", "tests/articles/broad", "tests/articles/fitted",
        "tests/articles/unread"]
TWICE = "tests/articles/unread"  # whose rules nobody wrote with these texts in hand: each of its statements counts twice
LEAST = 8
FOLDS = 10
PENALTIES = [2, 4, 8, 16]
UNPENALISED = ("bias",)
BINS = 10
SMALLEST = 0.0005  # weights below are not written


def judged(binary, folders):
    found = []
    for folder in folders:
        run = subprocess.run([binary, "eval", "--gold", str(folder), "--judged"], capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"confidence: {run.stderr.strip()}")
        for line in run.stdout.splitlines():
            statement = json.loads(line)
            statement["document"] = f"{folder}:{statement['document']}"
            found.append(statement)
    return found


def names_of(statements):
    counts = {}
    for statement in statements:
        for name in statement["features"]:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= LEAST)


def table(statements, names):
    column = {name: i for i, name in enumerate(names)}
    values = np.zeros((len(statements), len(names)))
    for row, statement in enumerate(statements):
        for name, value in statement["features"].items():
            if name in column:
                values[row, column[name]] = value
    return values


def probability(values, weights):
    return 1 / (1 + np.exp(-np.clip(values @ weights, -5, 5)))


def counts(statements):
    return np.array([2.0 if statement["document"].startswith(f"{ROOT / TWICE}:") else 1.0 for statement in statements])


def fit(values, right, names, penalty, count):
    ridge = np.array([1e-3 if name in UNPENALISED else penalty for name in names], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(values @ weights)))
        gradient = values.T @ (count * (p - right)) + ridge * weights
        hessian = (values * (count * p * (1 - p))[:, None]).T @ values + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def loss(p, right):
    return float(-np.mean(right * np.log(p) + (1 - right) * np.log(1 - p)))


def calibration_error(p, right):
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs(p[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)) / len(p))


def ranking(p, right):
    """Of a right and a wrong one, how often the right one is surer."""
    above = (p[right == 1][:, None] > p[right == 0][None, :]).mean()
    even = (p[right == 1][:, None] == p[right == 0][None, :]).mean()
    return float(above + even / 2)


def held_out(statements, right, penalty):
    documents = sorted({s["document"] for s in statements})
    order = np.random.RandomState(20240724).permutation(len(documents))
    fold_of = {documents[d]: i % FOLDS for i, d in enumerate(order)}
    fold = np.array([fold_of[s["document"]] for s in statements])
    p = np.zeros(len(statements))
    for f in range(FOLDS):
        rest = [s for s, g in zip(statements, fold) if g != f]
        names = names_of(rest)
        weights = fit(table(rest, names), right[fold != f], names, penalty, counts(rest))
        p[fold == f] = probability(table([s for s, g in zip(statements, fold) if g == f], names), weights)
    return p


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", default=GOLD)
    parser.add_argument("--binary", default=str(ROOT / "build/release/bin/newsgraph"))
    parser.add_argument("--report", action="store_true", help="write no weights")
    options = parser.parse_args()
    statements = judged(options.binary, [ROOT / folder for folder in options.gold])
    right = np.array([1.0 if s["right"] else 0.0 for s in statements])
    strength = np.array([next(v for n, v in s["features"].items() if n.startswith("strength")) for s in statements])
    raw = 1 / (1 + np.exp(-strength))

    def line(name, p):
        print(f"{name}: log loss {loss(p, right):.3f}, calibration error {calibration_error(p, right):.3f}, ranking {ranking(p, right):.3f}")

    print(f"{len(statements)} statements, {right.mean():.3f} right")
    line("as sure as the rule", raw)
    best = None
    for penalty in PENALTIES:
        p = held_out(statements, right, penalty)
        line(f"held out, penalty {penalty}", p)
        if best is None or loss(p, right) < best[0]:
            best = (loss(p, right), penalty, p)
    p = best[2]
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = p >= least
        print(f"held out, at least {least:.2f}: {kept.mean():.3f} kept, {right[kept].mean():.3f} of them right, "
              f"{right[kept].sum() / right.sum():.3f} of the right ones")
    if options.report:
        return
    names = names_of(statements)
    weights = fit(table(statements, names), right, names, best[1], counts(statements))
    with open(ROOT / "ingest/data/confidence.tsv", "w", encoding="utf-8") as out:
        out.write(f"# How sure a statement is: log-odds by feature (ingest/statement_confidence.h). Made by tools/train/confidence.py;\n"
                  f"# ridge penalty {best[1]}, {len(statements)} judged statements.\n")
        for name, weight in zip(names, weights):
            if abs(weight) >= SMALLEST:
                out.write(f"{name}\t{weight:.4f}\n")


if __name__ == "__main__":
    main()
