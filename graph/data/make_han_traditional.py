#!/usr/bin/env python3
"""Writes han_traditional.txt: ICU's Traditional-Simplified transform over the Han blocks.

Kept as data, so that folding is the same on every machine whatever its ICU, and costs no start-up time.
Needs uconv (Debian: icu-devtools).
"""
import collections
import pathlib
import subprocess

characters = [chr(c) for c in range(0x3400, 0xA000)]
simplified = subprocess.run(
    ["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "Traditional-Simplified"],
    input="\n".join(characters), capture_output=True, text=True, check=True).stdout.split("\n")
transform = {before: after for before, after in zip(characters, simplified, strict=True)
             if before != after and len(after) == 1}
folds = collections.defaultdict(list)
for before, after in transform.items():
    # 苧 and 苎 change places: folding goes one way.
    if transform.get(after) != before or after < before:
        folds[after].append(before)
path = pathlib.Path(__file__).with_name("han_traditional.txt")
with path.open("w", encoding="utf-8") as out:
    out.write("# Simplified character, and the Traditional ones that fold to it. Made by make_han_traditional.py from\n")
    out.write("# ICU 72 (Unicode licence, https://www.unicode.org/license.txt).\n")
    for after in sorted(folds):
        out.write(after + " " + "".join(folds[after]) + "\n")
