#!/usr/bin/env python3
"""Writes news-like documents as JSON lines, from templates: the same bytes for the same arguments.

    generate.py --documents 2000 --seed 1 > articles.jsonl

Every document names one head company; people, companies and products come from a pool that grows with
the square root of the number of documents, so that names recur. Three languages in turn.
"""
import argparse
import json
import random
import sys

SURNAMES = "林陳黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊江何呂羅高潘簡朱鍾彭游詹胡施沈余"
GIVEN = "予晴則遠思齊柏宏子昂文蔚明哲以安競帆雨晨凱翔佳穎志豪雅婷俊傑怡君家瑋淑芬宗翰詩涵冠宇品妍承恩"
COMPANY = "曜辰海川星河環岳青嵐北岸遠山晴空拓元泓宇磐石澄光恆新翰林啟航嘉禾瑞豐明德"
PINYIN = ["Lin", "Chen", "Huang", "Chang", "Li", "Wang", "Wu", "Liu", "Tsai", "Yang", "Hsu", "Cheng"]
ENGLISH = ["Maren Holt", "Tobias Ferrer", "Daniel Okafor", "Priya Nadel", "Owen Tharp", "Dana Whitlock", "Ruth Abara",
           "Colin Meyer", "Elena Vance", "Victor Salas", "Nora Quist", "Adam Reyes"]
HEAD = "曜辰科技"

ZH = [
    "{company}執行長{person}今天表示，公司將在{year}年推出{product}。",
    "{person}是{company}創辦人，{year}年創立這家公司。",
    "{company}以{amount}億美元收購{other}，{other}總部設在新竹。",
    "{head}與{company}合作開發{product}，{product}擁有{amount}億個參數。",
    "「我們不會停下來。」{person}說，{head}是{company}最大的對手。",
    "{company}第{quarter}季營收達{amount}億美元，年增{percent}%。",
]
HANS = str.maketrans("執長將創辦對億購總設與開發數擁們會說營達張陳黃劉許鄭謝賴蘇葉莊羅簡鍾遠齊競則啟豐",
                     "执长将创办对亿购总设与开发数拥们会说营达张陈黄刘许郑谢赖苏叶庄罗简钟远齐竞则启丰")
EN = [
    "{english}, chief executive of {latin}, said on Monday that the company will release {product} in {year}.",
    "{latin} was founded in {year} by {english}.",
    "{latin} agreed to buy {latin2} for ${amount} million.",
    "\"We will not stop,\" {english} said.",
    "{latin} reported revenue of ${amount} billion, up {percent} percent.",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--sentences", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    arguments = parser.parse_args()
    pool = max(20, int(8 * arguments.documents ** 0.5))
    names = random.Random(arguments.seed)

    def chars(text, count):
        return "".join(names.choice(text) for _ in range(count))

    people = sorted({chars(SURNAMES, 1) + chars(GIVEN, 2) for _ in range(pool)})
    companies = sorted({chars(COMPANY, 2) + names.choice(["科技", "資本", "銀行", "電子"]) for _ in range(pool)})
    latin = sorted({names.choice(["North", "Blue", "Iron", "Clear", "Stone", "Bright", "Silver", "Oak"]) +
                    names.choice(["wind", "field", "gate", "ridge", "lake", "water", "bridge", "works"]) + " " +
                    names.choice(["Robotics", "Technologies", "Capital", "Systems"]) for _ in range(pool)})
    products = sorted({names.choice(["Gale", "Zephyr", "Aurora", "Nimbus", "Vega", "Orion"]) + " " + str(n)
                       for n in range(1, pool // 6 + 2)})
    out = sys.stdout
    for number in range(arguments.first, arguments.first + arguments.documents):
        pick = random.Random(arguments.seed * 1000003 + number)
        language = ("zh-Hant", "zh-Hans", "en")[number % 3]

        def sentence(template):
            return template.format(
                company=pick.choice(companies), other=pick.choice(companies), head=HEAD, person=pick.choice(people),
                product=pick.choice(products), english=pick.choice(ENGLISH), latin=pick.choice(latin),
                latin2=pick.choice(latin), year=pick.randint(2005, 2026), amount=pick.randint(2, 900),
                percent=pick.randint(1, 90), quarter="一二三四"[pick.randint(0, 3)])

        templates = EN if language == "en" else ZH
        body = [sentence(pick.choice(templates)) for _ in range(arguments.sentences)]
        if language == "en":
            title = f"{pick.choice(latin)} and its rivals, part {number}"
            text = title + "\n" + " ".join(body)
        else:
            title = f"{HEAD}的對手{pick.choice(companies)}，第{number}篇"
            text = title + "\n" + "".join(body)
            if language == "zh-Hans":
                title, text = title.translate(HANS), text.translate(HANS)
        day = pick.randint(0, 2400)
        json.dump({"id": f"soak-{number:06d}", "title": title, "publisher": pick.choice(["甲報", "乙報", "The Post"]),
                   "published": f"{2019 + day // 360}-{day // 30 % 12 + 1:02d}-{day % 28 + 1:02d}",
                   "language": language, "text": text}, out, ensure_ascii=False)
        out.write("\n")


if __name__ == "__main__":
    main()
