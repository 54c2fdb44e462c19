"""Names of the world with their class, as the hashes that ingest/tagger/name_table.h looks up."""

import pathlib
import re
import unicodedata

import numpy as np

ROOT = pathlib.Path(__file__).parent.parent.parent
CLASSES = ["", "person", "place", "organization", "other", "word", "transliteration"]

PERSON = re.compile(
    r"\((given |sur|first |last )?name\)|\(\w* ?\w*name\)|\(\d{3,4}[-–]|\(c\. ?\d|\b(king|queen|emperor|poet|writer|author|novelist|singer|actor|"
    r"actress|politician|president|general|philosopher|painter|composer|prime minister|physicist|mathematician|chemist|"
    r"scientist|leader|dynasty (man|scholar)|goddess|pharaoh|pope|saint|footballer|player|musician|artist)\b", re.I)
PLACE = re.compile(
    r"\b(county|city|district|province|prefecture|capital of|river|mountain|mountains|lake|island|islands|town|township|"
    r"state|country|region|peninsula|sea|bay|strait|desert|port|airport|republic|continent|banner|subdistrict|village|"
    r"municipality|kingdom|pass|gulf|ocean|valley|range|park|temple|palace|station|street|suburb|area)\b", re.I)
ORGANIZATION = re.compile(
    r"\b(university|college|company|corporation|party|bank|organization|organisation|agency|newspaper|group|brand|"
    r"association|ministry|committee|institute|academy|airlines?|league|bureau|commission|council|court|army|navy|"
    r"manufacturer|maker|retailer|website|broadcaster|publisher|club|team|federation|union|foundation|school|inc\.|ltd|"
    r"department|administration)\b", re.I)


def read_folds():
    folds = {}
    for name in ("han_traditional.txt", "han_variants.txt"):
        for line in open(ROOT / "graph" / "data" / name, encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                target, *sources = line.replace(" ", "").rstrip("\n")
                folds.update({source: target for source in sources})
    return folds


def fold(text, folds):
    text = unicodedata.normalize("NFC", text).lower()
    text = "".join("·" if c in "·•‧∙⋅・" else c for c in text)
    for _ in range(2):
        text = "".join(folds.get(c, c) for c in text)
    return text


def word_hash64(word):
    value = 0xCBF29CE484222325
    for c in word:
        value = ((value ^ ord(c)) * 0x100000001B3) & (1 << 64) - 1
    return value


def word_hash(word):
    return word_hash64(word) >> 32


def class_of(gloss):
    if not re.match(r"(\([^)]*\) ?)?(the )?[A-Z0-9]", gloss) or gloss.startswith("surname"):
        return "word"
    if re.search(r"\(name\)|name\)$|\(\d{3,4}[-–]", gloss):
        return "person"
    if PLACE.search(gloss.split("(")[0][:60]):
        return "place"
    if ORGANIZATION.search(gloss[:80]):
        return "organization"
    if PERSON.search(gloss):
        return "person"
    return "place" if PLACE.search(gloss) else "other"


def names_of(data):
    """{folded name: class} of CC-CEDICT's proper names and of transliterated names."""
    folds = read_folds()
    names = {}
    for line in open(data / "names" / "wd_chinese_transliteration.train.tsv", encoding="utf-8"):
        _, han, _ = line.rstrip("\n").split("\t")
        han = fold(han.replace(" ", ""), folds)
        if len(han) >= 2:
            names[han] = "transliteration"
    for line in open(data / "names" / "cedict_proper_names.tsv", encoding="utf-8"):
        traditional, simplified, gloss = line.rstrip("\n").split("\t")
        for form in {fold(traditional, folds), fold(simplified, folds)}:
            kind = class_of(gloss)
            if len(form) < 2 or (kind == "word" and form in names):
                continue
            names[form] = kind
            # 长顺县 is 长顺 too.
            if kind == "place" and len(form) == 3 and form[-1] in "县市省区州镇乡":
                names.setdefault(form[:2], "place")
    return names


def name_table(data):
    """(hashes ascending, classes), two arrays."""
    table = {}
    for name, kind in sorted(names_of(data).items()):
        table.setdefault(word_hash(name), CLASSES.index(kind))
    hashes = np.array(sorted(table), np.uint32)
    return hashes, np.array([table[h] for h in hashes.tolist()], np.uint8)
