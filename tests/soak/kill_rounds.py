#!/usr/bin/env python3
"""kill -9 of an ingest at random moments: nothing acknowledged is lost, nothing is half there.

    kill_rounds.py NEWSGRAPH --rounds 20 --documents 2000 --seed 1

An uninterrupted ingest says what the finished graph is. Then, in each round, an ingest is killed after a
random number of acknowledgements; the store must verify, hold every acknowledged document, and, when the
ingest is run again, become the same graph byte for byte.
"""
import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import json


def run(*command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"FAILED: {' '.join(map(str, command))}: {done.stderr.decode()}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("newsgraph")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.newsgraph).resolve())
    pick = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        articles = folder / "articles.jsonl"
        articles.write_bytes(run(sys.executable, str(pathlib.Path(__file__).parent / "generate.py"), "--documents",
                                 str(arguments.documents), "--seed", str(arguments.seed)))
        run(program, "ingest", "--db", folder / "whole", articles)
        whole = run(program, "export", "--db", folder / "whole")
        kills = 0
        for number in range(arguments.rounds):
            store = folder / f"round-{number}"
            kill_after = pick.randrange(arguments.documents * 9 // 10)
            ingest = subprocess.Popen([program, "ingest", "--db", store, "--each", articles], stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL)
            acknowledged = []
            for line in ingest.stdout:
                if line.endswith(b"\n") and line.startswith(b"acknowledged "):
                    acknowledged.append(line.split()[1].decode())
                if len(acknowledged) > kill_after:
                    ingest.send_signal(signal.SIGKILL)
                    break
            for line in ingest.stdout:  # what was still in the pipe was acknowledged too
                if line.endswith(b"\n") and line.startswith(b"acknowledged "):
                    acknowledged.append(line.split()[1].decode())
            killed = ingest.wait() == -signal.SIGKILL
            kills += killed
            run(program, "verify", "--db", store)
            kept = {record["id"] for record in map(json.loads, run(program, "export", "--db", store).splitlines())
                    if record["kind"] == "document"}
            lost = [document for document in acknowledged if document not in kept]
            if lost:
                sys.exit(f"FAILED: round {number}: {len(lost)} acknowledged documents lost, the first {lost[0]}")
            run(program, "ingest", "--db", store, articles)
            if run(program, "export", "--db", store) != whole:
                sys.exit(f"FAILED: round {number}: the finished graph differs from the uninterrupted one")
            print(f"round {number}: killed after {len(acknowledged)} acknowledged, {len(kept)} kept, finished the same",
                  flush=True)
        if kills == 0:
            sys.exit("FAILED: no round killed anything: more documents are needed")
        print(f"{kills} kills of {arguments.rounds}, {arguments.documents} documents: nothing lost")


if __name__ == "__main__":
    main()
