#!/usr/bin/env python3
"""Reads 50,000 documents into one store and reports the time and memory of each thousand.

    many_documents.py NEWSGRAPH --documents 50000

Fails when the store does not verify. The times are a report: promise 7 is counted, not timed, in
tests/graph.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time


def resident_megabytes(pid):
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("newsgraph")
    parser.add_argument("--documents", type=int, default=50000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        generate = subprocess.Popen([sys.executable, str(pathlib.Path(__file__).parent / "generate.py"), "--documents",
                                     str(arguments.documents), "--seed", str(arguments.seed)], stdout=subprocess.PIPE)
        ingest = subprocess.Popen([arguments.newsgraph, "ingest", "--db", folder / "graph", "--each", "--input-format",
                                   "jsonl", "-"], stdin=generate.stdout, stdout=subprocess.PIPE)
        count, started, thousands = 0, time.monotonic(), []
        for line in ingest.stdout:
            if not line.startswith(b"acknowledged "):
                print(line.decode().rstrip())
                continue
            count += 1
            if count % 1000 == 0:
                now = time.monotonic()
                thousands.append(now - started)
                started = now
                if count % 5000 == 0:
                    print(f"{count:6d} documents: {thousands[-1]:.2f} s for the last thousand, "
                          f"{resident_megabytes(ingest.pid):.0f} MB", flush=True)
        if ingest.wait() != 0 or count != arguments.documents:
            sys.exit(f"FAILED: {count} of {arguments.documents} documents acknowledged")
        verify = subprocess.run([arguments.newsgraph, "verify", "--db", folder / "graph"])
        if verify.returncode != 0:
            sys.exit("FAILED: the store does not verify")
        if len(thousands) >= 3:
            print(f"first thousand {thousands[0]:.2f} s, last {thousands[-1]:.2f} s, "
                  f"median {sorted(thousands)[len(thousands) // 2]:.2f} s")


if __name__ == "__main__":
    main()
