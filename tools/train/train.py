#!/usr/bin/env python3
"""From ../shared/data and our own texts to the weights in ingest/data/models; README.md says what is done and why.

    tools/dev train [--seed N] [--folder build/train] [--report]

Everything is seeded and runs on one thread, so the same inputs give the same files. The development sets, which nothing here is trained on, are
scored at the end; with --report no weights are written.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import torch

import base_tags
import batches
import corpus
import name_tables
import network_export
import own_texts
import sequence_export
import sequence_trainer
import tags
import word_classes

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MODELS = ROOT / "ingest" / "data" / "models"
OWN_CHINESE = ["news.zh-Hant", "news.zh-Hans", "encyclopedia.zh-Hant", "names.zh-Hant", "names.zh-Hans", "domains.zh-Hant", "domains.zh-Hans"]
OWN_ENGLISH = ["news.en", "names.en", "domains.en"]
CHINESE = ["uner_zh_gsd_trad.train"]
TIMES = {"uner_zh_gsd_trad.train": 2}  # how often a sentence of a corpus is seen in each pass, where not once
# Sets that are scored are not here, nor any part of them but their own training part.
ENGLISH = ["uner_en_ewt.train", "wnut17.train", "crossner_ai.train", "crossner_politics.train", "crossner_science.train",
           "crossner_literature.train", "crossner_music.train", "crossner_science.dev", "crossner_literature.dev",
           "crossner_music.dev", "crossner_literature.test", "crossner_music.test", "wikigold"]
CHINESE_SCORED = ["uner_zh_gsd_trad.dev", "uner_zh_gsd_simp.dev"]
ENGLISH_SCORED = ["uner_en_ewt.dev", "crossner_ai.dev", "crossner_politics.dev", "wnut17.dev"]
CHAINS = {"zh": 5, "en": 5}  # whose mean is taken; each differs in its seed
MOST_FEATURES = {"zh": 100_000, "en": 80_000}  # so that all weights stay under 12 MB


class Training:
    def __init__(self, options):
        self.options = options
        self.folder = pathlib.Path(options.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = pathlib.Path(options.shared) / "data"
        self.tables = self.folder / "tables.weights"

    # ---------------------------------------------------------- texts and features

    def write_tables(self):
        hashes, classes = name_tables.name_table(self.data)
        own = [d["text"] for name in OWN_ENGLISH for d in own_texts.documents(own_texts.FOLDER / f"{name}.txt")]
        words, paths = word_classes.word_classes(self.data, own)
        network_export.write_weight_file(self.tables, {
            "names.hashes": hashes, "names.classes": classes.astype(np.int8),
            "classes.hashes": words, "classes.paths": paths})

    def texts_of(self, name):
        if name not in OWN_CHINESE + OWN_ENGLISH:
            return self.data / "ner" / f"{name}.jsonl"
        path = self.folder / f"{name}.jsonl"
        with open(path, "w", encoding="utf-8") as out:
            for document in own_texts.documents(own_texts.FOLDER / f"{name}.txt"):
                out.write(json.dumps(document, ensure_ascii=False) + "\n")
        return path

    def load(self, name):
        """Sentences of a corpus, each seen with the lexicon and with it emptied of the corpus' names."""
        texts = self.texts_of(name)
        label_map = tags.LabelMap.ours() if name in OWN_CHINESE + OWN_ENGLISH else tags.LabelMap.of_file(name)
        language = "zh-Hans" if "Hans" in name or "simp" in name else "zh-Hant" if "zh" in name else "en"
        views = []
        for view in ([], ["--without-known-names"]):
            output = self.folder / "features.bin"
            subprocess.run([str(self.options.binaries / "newsgraph_tagger_features"), str(texts), str(output), "--language", language,
                            "--data", str(self.options.binaries.parent / "share" / "newsgraph"), "--tables", str(self.tables)] + view,
                           check=True)
            views.append(corpus.load(texts, output, label_map))
        for full, emptied in zip(*views):
            full.features_without = emptied
        return views[0], label_map.unlabelled

    # ---------------------------------------------------------- the chain

    def train_chain(self, own, labelled, again, chains, least):
        """The mean of chains that differ in their seeds alone: chance moves the figures of one by 0.01."""
        sentences = own + [s for part, _ in labelled for s in part]
        numbers = sequence_trainer.FeatureNumbers(sentences, least)  # seeing a sentence again makes no feature less rare
        sentences += again
        program = str(self.options.binaries / "newsgraph_train_sequence")
        first = chains * (self.options.seed - 1) + 1
        return sequence_trainer.mean([sequence_trainer.train(program, str(self.folder), sentences, numbers, seed, epochs=8)
                                      for seed in range(first, first + chains)])

    def report(self, name, weights, sentences, unlabelled):
        for view, chosen in (("", sentences), (" without known names", [s.features_without for s in sentences])):
            figures = corpus.score(sentences, weights.predict(chosen), unlabelled)
            print("seed {} {}{}: precision {:.3f} recall {:.3f} F1 {:.3f}".format(self.options.seed, name, view, *figures), flush=True)

    def chinese(self):
        lac = network_export.read_lac(str(self.options.base))
        vocabulary = batches.vocabulary_table(lac)
        own, labelled = [], []
        for name in OWN_CHINESE:
            own += self.load(name)[0]
        for name in CHINESE:
            labelled.append(self.load(name))
        base = base_tags.BaseTagger(lac)
        for part in [own] + [part for part, _ in labelled]:
            base.add_features(part, batches.batches_of(part, 64, vocabulary))
        again = [s for name, (part, _) in zip(CHINESE, labelled) for s in part * (TIMES.get(name, 1) - 1)]
        weights = self.train_chain(own, labelled, again, CHAINS["zh"], least=3)
        for name in CHINESE_SCORED:
            sentences, unlabelled = self.load(name)
            base.add_features(sentences, batches.batches_of(sentences, 64, vocabulary))
            self.report(name, weights, sentences, unlabelled)
        if self.options.report:
            return
        network_export.write_weight_file(MODELS / "zh.weights", {
            **sequence_export.sequence_sections(weights, MOST_FEATURES["zh"]), **sequence_export.base_sections(lac)})

    def english(self):
        own = [s for name in OWN_ENGLISH for s in self.load(name)[0]]
        labelled = [self.load(name) for name in ENGLISH]
        weights = self.train_chain(own, labelled, [], CHAINS["en"], least=2)
        for name in ENGLISH_SCORED:
            sentences, unlabelled = self.load(name)
            self.report(name, weights, sentences, unlabelled)
        if self.options.report:
            return
        network_export.write_weight_file(MODELS / "en.weights", sequence_export.sequence_sections(weights, MOST_FEATURES["en"]))

    def run(self):
        self.write_tables()
        if not self.options.report:
            MODELS.mkdir(exist_ok=True)
            (MODELS / "tables.weights").write_bytes(self.tables.read_bytes())
        for language, part in (("zh", self.chinese), ("en", self.english)):
            if language in self.options.languages:
                part()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", default=str(ROOT / "build" / "train"), help="where what is made on the way lies")
    parser.add_argument("--shared", default=str(ROOT.parent / "shared"))
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / "build" / "release" / "bin")
    parser.add_argument("--base", type=pathlib.Path, required=True, help="jieba/lac_small as python3-jieba has it")
    parser.add_argument("--languages", default="zh,en")
    parser.add_argument("--report", action="store_true", help="write no weights")
    options = parser.parse_args()
    if not (pathlib.Path(options.shared) / "data").is_dir():
        sys.exit(f"train: {options.shared}/data is not there; the corpora are needed (README.md)")
    torch.set_num_threads(1)
    Training(options).run()


if __name__ == "__main__":
    main()
