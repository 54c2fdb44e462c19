#!/usr/bin/env python3
"""Runs command-line sessions written as text and compares what they print.

    run.py BIN_DIRECTORY SESSION.golden        NEWSGRAPH_UPDATE_GOLDEN=1 rewrites the expected lines

A session is a list of commands, each after "$ ", with what it prints below (standard output and error
together), and "exit N" last where the exit code is not 0. "# " lines are comments. Commands run one after
the other in one fresh directory, with `newsgraph` on the path. A line "…" stands for any number of lines;
"…" inside a line for any text.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent


def parse(lines):
    """[(command or None, [lines])]: comments and blank lines stand under None."""
    blocks = []
    for line in lines:
        if line.startswith("$ "):
            blocks.append((line[2:], []))
        elif line.startswith("# ") or not line:
            blocks.append((None, [line]))
        else:
            blocks[-1][1].append(line)
    return blocks


def matches(expected, actual):
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def main():
    binaries, path = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    blocks = parse(path.read_text(encoding="utf-8").splitlines())
    environment = dict(os.environ, PATH=f"{binaries}:{os.environ['PATH']}", TESTS=str(TESTS), LC_ALL="C.UTF-8")
    failures, out = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for command, expected in blocks:
            if command is None:
                out += expected
                continue
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
            actual = done.stdout.decode("utf-8", "replace").replace(folder, "DIR").splitlines()
            if done.returncode != 0:
                actual.append(f"exit {done.returncode}")
            out += ["$ " + command] + actual
            if not matches(expected, actual):
                failures += 1
                print(f"{path.name}: $ {command}\n  expected:", *expected, sep="\n    ")
                print("  but it printed:", *actual, sep="\n    ")
    if os.environ.get("NEWSGRAPH_UPDATE_GOLDEN"):
        path.write_text("\n".join(out) + "\n", encoding="utf-8")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
