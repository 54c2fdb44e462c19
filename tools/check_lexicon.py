#!/usr/bin/env python3
# Copyright 2026 the newsgraph authors
# SPDX-License-Identifier: Apache-2.0
"""Checks the lexicon's data files.

Usage: check_lexicon.py [--quiet] [--werror] [FOLDER]

FOLDER is ingest/data/lexicon beside this file's parent by default, or the one that a build makes of it
(share/newsgraph/lexicon). Errors (malformed lines, unknown
types, repeated ids ...) make the exit status 1; warnings (a name that two entries share with no
context to tell them apart) do not, unless --werror is given.
"""
import os
import re
import sys

# The Traditional characters that the lexicon uses and the Simplified ones that they fold to
# (pairs as in OpenCC's TSCharacters, Apache-2.0).
TRADITIONAL = (
    "亂亞佔來侖係俠倉個們倫偉偵偽傑傘備傭傳僑僕僱價儀億優儲兌兒內兩凱別則剛創劃劇劉劍劑動務勝勞勢勳勵匯區"
    "協厲參吒吳呂員問啟喚喬單嗶嘯噴嚴囉國圍園圓圖團執堅堯報場塊塗塚塢壇壘壞壟壩壯壽夠夢夥奧奮妝娛婁婦婭嬌"
    "嬰孫學孿宮實寧審寫寬寵寶將專尋對導層屬岡峴島峽崑崙崢嵐嶺嶼巒帥師帳帶幣幫幹幾庫廈廟廠廢廣廳張強彈彙彥"
    "後徑從徠復徵徹恆悅惡愛愷態慶憲憶應懲懷戰戲戶採揚換揮損摯摺撈撾擁擇擊據擬擴攜攝敗敘數斷於昇時晉暉曄曆"
    "曉曠書會東柵條楊楓業極榮構槍槳樁樂樓標樞樣樹樺橋機橫檔檢檯檳檸櫃欄權欒欖欽歐歲歷歸殺殼氣氫決沖洩淨淺"
    "減測湯準溝溫滅滙滬滾滿漢潑潔潤潰澤濕濟濤濰濱瀋瀏瀘瀾灘灣災為烏無煙熱熾燈燒營燭燿爐爭爺爾牆猶獄獅獎獨"
    "獵現瑩瑪璣環瓊產畢畫異當疊瘧療癮發盃盜監盤盧眾睞碩碼磚磯礎礦祿禕禦禮稅種稱穌積穎穩竇競筆節範築簡簽籃"
    "粵糧紀約紅納紐純紙級紡細紳紹終組結絕絡統絲經綜綠綫維綱網緊線緝緣編緬緯練緻縣縮縵總繆織繩繪繽纖罷羅義"
    "習聖聞聯聲聶職聽肅脈脫脹腦膠臉臘臨臺與興舉舊艦茲荊莊華菸萊萬葉蓋蓮蔔蔣蔦蔭蕭薦薩藍藝藥藺蘆蘇蘋蘭蘿處"
    "虛虜號蝦螞螢蟲蟻術衛衝裏裝製複襪襲見規覓視親覺覽觀計訊討訓託記設許訴診註詐評詞詠詢試詩話誌認誕語誠說"
    "誼調談論諜諦諧諮諸諾謀講謝證識譚譜譯議護譽讀變讓讚豐貓貝貞負財貢貨貪責貯貴買貸費貼貿賀賃資賈賓賢賣賦"
    "質賴購賽贊贏贛趙趨踐蹤躍車軌軍軒軟載輔輕輛輝輪輯輸轄轅轉轟辦農迴連週進遊運過達遜遞遠適遲遷選遼邁邊邏"
    "郵鄉鄒鄔鄧鄭鄰鄺醜醫釀釋釗釘針釣鈕鈦鈴鈸鉅鉛鉬銀銅銓銘銥銳銷鋁鋅鋒鋪鋰鋼錄錢錤錦錫錶鍵鍾鎔鎖鎧鎮鎳鎵"
    "鏈鏞鏡鏽鐘鐵鐸鑼鑽長門閃閆閉開間閔閘閣閩閱閻闆闕關陝陞陣陳陸陽隊階際隨險隱隻雙雜雞離難雲電霧靈靜鞏韋"
    "韓韜韻頁頂項順預頑頓頗領頤頭頻題顏願顛類顧顯風颯颶飄飛飯飲飾養餓館餾饋饒馬馮馳駐駕駛駝駭駱駿騎騙騫騰"
    "騷驅驊驍驗驚驛體鬥鬧魚魯魷鮑鮮鯨鰲鱲鳥鳳鳴鴉鴻鵝鵬鶴鷗鷲鷹鹽麗麥麼黃點黨黴齊齒齡龍龐龔龜"
)
SIMPLIFIED = (
    "乱亚占来仑系侠仓个们伦伟侦伪杰伞备佣传侨仆雇价仪亿优储兑儿内两凯别则刚创划剧刘剑剂动务胜劳势勋励汇区"
    "协厉参咤吴吕员问启唤乔单哔啸喷严啰国围园圆图团执坚尧报场块涂冢坞坛垒坏垄坝壮寿够梦伙奥奋妆娱娄妇娅娇"
    "婴孙学孪宫实宁审写宽宠宝将专寻对导层属冈岘岛峡昆仑峥岚岭屿峦帅师帐带币帮干几库厦庙厂废广厅张强弹汇彦"
    "后径从徕复征彻恒悦恶爱恺态庆宪忆应惩怀战戏户采扬换挥损挚折捞挝拥择击据拟扩携摄败叙数断于升时晋晖晔历"
    "晓旷书会东栅条杨枫业极荣构枪桨桩乐楼标枢样树桦桥机横档检台槟柠柜栏权栾榄钦欧岁历归杀壳气氢决冲泄净浅"
    "减测汤准沟温灭汇沪滚满汉泼洁润溃泽湿济涛潍滨沈浏泸澜滩湾灾为乌无烟热炽灯烧营烛耀炉争爷尔墙犹狱狮奖独"
    "猎现莹玛玑环琼产毕画异当叠疟疗瘾发杯盗监盘卢众睐硕码砖矶础矿禄祎御礼税种称稣积颖稳窦竞笔节范筑简签篮"
    "粤粮纪约红纳纽纯纸级纺细绅绍终组结绝络统丝经综绿线维纲网紧线缉缘编缅纬练致县缩缦总缪织绳绘缤纤罢罗义"
    "习圣闻联声聂职听肃脉脱胀脑胶脸腊临台与兴举旧舰兹荆庄华烟莱万叶盖莲卜蒋茑荫萧荐萨蓝艺药蔺芦苏苹兰萝处"
    "虚虏号虾蚂萤虫蚁术卫冲里装制复袜袭见规觅视亲觉览观计讯讨训托记设许诉诊注诈评词咏询试诗话志认诞语诚说"
    "谊调谈论谍谛谐咨诸诺谋讲谢证识谭谱译议护誉读变让赞丰猫贝贞负财贡货贪责贮贵买贷费贴贸贺赁资贾宾贤卖赋"
    "质赖购赛赞赢赣赵趋践踪跃车轨军轩软载辅轻辆辉轮辑输辖辕转轰办农回连周进游运过达逊递远适迟迁选辽迈边逻"
    "邮乡邹邬邓郑邻邝丑医酿释钊钉针钓钮钛铃钹巨铅钼银铜铨铭铱锐销铝锌锋铺锂钢录钱𫓹锦锡表键钟镕锁铠镇镍镓"
    "链镛镜锈钟铁铎锣钻长门闪闫闭开间闵闸阁闽阅阎板阙关陕升阵陈陆阳队阶际随险隐只双杂鸡离难云电雾灵静巩韦"
    "韩韬韵页顶项顺预顽顿颇领颐头频题颜愿颠类顾显风飒飓飘飞饭饮饰养饿馆馏馈饶马冯驰驻驾驶驼骇骆骏骑骗骞腾"
    "骚驱骅骁验惊驿体斗闹鱼鲁鱿鲍鲜鲸鳌𫚭鸟凤鸣鸦鸿鹅鹏鹤鸥鹫鹰盐丽麦么黄点党霉齐齿龄龙庞龚龟"
)
FOLD = str.maketrans(TRADITIONAL, SIMPLIFIED)

COLUMNS = ["id", "type", "subtype", "class", "why", "wikidata", "en", "zh_hant", "zh_hans", "short",
           "context"]
ENTRY_FILES = {
    "people.tsv": {"PERSON"},
    "companies.tsv": {"ORG"},
    "organizations.tsv": {"ORG", "FAC", "NORP"},
    "media.tsv": {"ORG"},
    "products.tsv": {"PRODUCT"},
    "ai_models.tsv": {"PRODUCT"},
    "technologies.tsv": {"TECH"},
    "places.tsv": {"GPE", "LOC", "FAC", "EVENT"},
    "countries.tsv": {"GPE"},
    "events_laws.tsv": {"EVENT", "LAW", "WORK"},
    "groups.tsv": {"NORP", "LANGUAGE"},
    "positions.tsv": {"POSITION"},
}
# What ingest/gazetteer adds to the folder that is shipped.
MADE_FILES = {
    "cities.tsv": {"GPE", "LOC"},
    "languages.tsv": {"LANGUAGE"},
    "territories.tsv": {"GPE"},
}
TYPES = {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "TECH", "WORK", "EVENT", "LAW", "POSITION",
         "NORP", "LANGUAGE"}
SUBTYPES = {
    "ORG": {"company", "government", "party", "media", "education", "research", "ngo",
            "international", "military", "exchange"},
    "GPE": {"country", "region", "city"},
    "PRODUCT": {"ai_model", "software", "platform", "device", "service"},
    "WORK": {"article", "book", "film", "interview", "paper", "dataset"},
    "EVENT": {"meeting", "election", "launch", "case", "conflict"},
}
MAY_LACK_SUBTYPE = {"EVENT"}
CLASSES = set(
    "executive politician official lawyer judge military academic scientist engineer journalist "
    "writer artist actor musician athlete coach physician religious activist economist investor "
    "analyst diplomat police criminal student farmer worker model chef designer royal".split())
RELATIONS = set(
    "ceo_of chair_of executive_of founded board_member_of head_of_state_of head_of_government_of "
    "works_for holds_position advises".split())
# Lists with a header of their own: file, columns.
LISTS = {
    "surnames_zh.tsv": ["zh_hant", "zh_hans", "pinyin", "note"],
    "org_suffixes.tsv": ["suffix", "type", "subtype", "lang", "note"],
    "place_suffixes.tsv": ["suffix", "type", "subtype", "lang", "note"],
    "person_titles.tsv": ["title", "place", "class", "lang", "note"],
    "trades_zh.tsv": ["kind", "words"],
    "genders.tsv": ["kind", "words"],
    "reference_nouns_en.tsv": ["type", "subtypes", "unknown", "nouns", "in_names"],
}
WORD_LISTS = ["given_names_en.txt", "surnames_en.txt", "transliteration_chars.txt"]
GENDER_KINDS = ["woman", "man", "woman_character", "man_character"]
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

errors = []
warnings = []


def error(path, line, text):
    errors.append("%s:%d: error: %s" % (path, line, text))


def warn(path, line, text):
    warnings.append("%s:%d: warning: %s" % (path, line, text))


def fold(name):
    """Traditional to Simplified, one case, no blanks nor dots."""
    return re.sub("[\\s·‧・•]+", "", name).translate(FOLD).casefold()


def lines_of(folder, name):
    path = os.path.join(folder, name)
    try:
        with open(path, encoding="utf-8", newline="") as f:
            text = f.read()
    except FileNotFoundError:
        error(path, 1, "file is missing")
        return path, []
    except UnicodeDecodeError as e:
        error(path, 1, "not UTF-8: %s" % e)
        return path, []
    if "\r" in text:
        error(path, 1 + text[:text.index("\r")].count("\n"), "carriage return")
    if text and not text.endswith("\n"):
        error(path, text.count("\n") + 1, "no newline at the end")
    lines = text.split("\n")[:-1]
    if not lines or not lines[0].startswith("# "):
        error(path, 1, "the first line must be a comment that says what the file is")
    return path, lines


def table(folder, name, columns):
    """Yields (path, line number, row) for each row with the right number of columns."""
    path, lines = lines_of(folder, name)
    if len(lines) < 2:
        return
    header = lines[1].split("\t")
    if header != columns:
        error(path, 2, "header is %r, not %r" % (header, columns))
        return
    for number, line in enumerate(lines[2:], 3):
        if line.startswith("#"):
            continue
        if not line.strip():
            error(path, number, "empty line")
            continue
        fields = line.split("\t")
        if len(fields) != len(columns):
            error(path, number, "%d columns, not %d" % (len(fields), len(columns)))
            continue
        bad = [c for c, v in zip(columns, fields) if v == "" or v != v.strip()]
        if bad:
            error(path, number, "empty or padded: %s" % ", ".join(bad))
            continue
        yield path, number, dict(zip(columns, fields))


def names_in(path, number, column, value):
    if value == "-":
        return []
    names = value.split("|")
    for n in names:
        if not n.strip() or n != n.strip():
            error(path, number, "%s: empty or padded name in %r" % (column, value))
    if len(set(names)) != len(names):
        error(path, number, "%s: a name twice in %r" % (column, value))
    return [n for n in names if n.strip()]


def check_entries(folder):
    ids, qids, by_name, counts = {}, {}, {}, {}
    files = {**ENTRY_FILES, **{f: t for f, t in MADE_FILES.items() if os.path.exists(os.path.join(folder, f))}}
    for name, types in sorted(files.items()):
        columns = COLUMNS + (["abbreviation"] if name == "countries.tsv" else [])
        for path, number, row in table(folder, name, columns):
            counts[name] = counts.get(name, 0) + 1
            where = "%s:%d" % (os.path.basename(path), number)
            if not re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", row["id"]):
                error(path, number, "id %r is no snake_case ASCII" % row["id"])
            if row["id"] in ids:
                error(path, number, "id %s is also at %s" % (row["id"], ids[row["id"]]))
            ids.setdefault(row["id"], where)
            if row["type"] not in TYPES:
                error(path, number, "unknown type %s" % row["type"])
            elif row["type"] not in types:
                error(path, number, "type %s does not belong in this file" % row["type"])
            subs = SUBTYPES.get(row["type"])
            if subs is None:
                if row["subtype"] != "-":
                    error(path, number, "type %s has no subtype %s" % (row["type"], row["subtype"]))
            elif row["subtype"] not in subs:
                if row["subtype"] != "-" or row["type"] not in MAY_LACK_SUBTYPE:
                    error(path, number, "type %s: unknown subtype %s" % (row["type"], row["subtype"]))
            if row["type"] == "PERSON":
                for c in row["class"].split("|"):
                    if c not in CLASSES:
                        error(path, number, "unknown class %s" % c)
            elif row["class"] != "-":
                error(path, number, "only a PERSON has a class")
            if row["why"] == "-":
                error(path, number, "no source class in why")
            if row["wikidata"] != "-":
                if not re.fullmatch("Q[1-9][0-9]*", row["wikidata"]):
                    error(path, number, "wikidata %r is no Q-id" % row["wikidata"])
                if row["wikidata"] in qids:
                    error(path, number, "wikidata %s is also at %s" % (row["wikidata"], qids[row["wikidata"]]))
                qids.setdefault(row["wikidata"], where)
            names = []
            for column in ("en", "zh_hant", "zh_hans"):
                got = names_in(path, number, column, row[column])
                if not got and (name not in MADE_FILES or column == "zh_hans"):
                    error(path, number, "no name in %s" % column)
                for n in got:
                    if len(n) < 2:
                        error(path, number, "%s: %r is too short for a name: put it under short" % (column, n))
                    if column == "en" and HAN.search(n):
                        error(path, number, "en: %r has Chinese characters" % n)
                    if column == "zh_hans" and n.translate(FOLD) != n:
                        error(path, number, "zh_hans: %r has Traditional characters" % n)
                names += got
            for column in ("short", "context") + (("abbreviation",) if "abbreviation" in row else ()):
                names_in(path, number, column, row[column])
            if row["type"] == "POSITION":
                if row["context"] != "-":
                    m = re.fullmatch("relation=([a-z_]+)", row["context"])
                    if not m or m[1] not in RELATIONS:
                        error(path, number, "context %r is no relation=..." % row["context"])
            for n in {fold(n) for n in names}:
                by_name.setdefault(n, []).append((path, number, row))
    for n, hits in sorted(by_name.items()):
        if len(hits) > 1 and all(row["context"] == "-" for _, _, row in hits):
            others = ", ".join(row["id"] for _, _, row in hits)
            warn(hits[0][0], hits[0][1], "name %r belongs to %s and none has context" % (n, others))
    return counts


def check_genders(path, number, row, seen):
    """A name, or a character of names, is one sex's, and stands once."""
    if row["kind"] not in GENDER_KINDS:
        error(path, number, "kind %r is not one of %s" % (row["kind"], ", ".join(GENDER_KINDS)))
    for word in row["words"].split("|"):
        if not word or word != fold(word):
            error(path, number, "%r is empty or not folded" % word)
        if row["kind"].endswith("character") != (len(word) == 1 and bool(HAN.match(word))):
            error(path, number, "%r is not of kind %s" % (word, row["kind"]))
        if word in seen:
            error(path, number, "%r is also at line %d" % (word, seen[word]))
        seen.setdefault(word, number)


def check_reference_nouns(path, number, row, seen):
    if row["type"] not in TYPES:
        error(path, number, "unknown type %s" % row["type"])
    if row["unknown"] not in ("yes", "no"):
        error(path, number, "unknown is yes or no, not %r" % row["unknown"])
    for subtype in row["subtypes"].split("|"):
        if subtype not in ("-", "*") and subtype not in SUBTYPES.get(row["type"], ()):
            error(path, number, "unknown subtype %s" % subtype)
    for noun in row["nouns"].split("|"):
        if not re.fullmatch("[a-z]+(-[a-z]+)*", noun):
            error(path, number, "%r is no noun of one word in lower case" % noun)
        if noun in seen:
            error(path, number, "%r is also at line %d" % (noun, seen[noun]))
        seen.setdefault(noun, number)


def check_lists(folder):
    counts = {}
    for name, columns in LISTS.items():
        seen = {}
        for path, number, row in table(folder, name, columns):
            counts[name] = counts.get(name, 0) + 1
            key = (row[columns[0]], row.get("place"))
            if name == "genders.tsv":
                check_genders(path, number, row, seen)
                continue
            if name == "reference_nouns_en.tsv":
                check_reference_nouns(path, number, row, seen)
                continue
            if "words" in row:  # a kind stands as often as needed, each of its words once
                for word in row["words"].split("|"):
                    if len(word) < 2:
                        error(path, number, "%r is too short to speak for anything" % word)
                    if (row["kind"], word) in seen:
                        error(path, number, "%r is also at line %d" % (word, seen[row["kind"], word]))
                    seen.setdefault((row["kind"], word), number)
                continue
            if key in seen:
                error(path, number, "%r is also at line %d" % (row[columns[0]], seen[key]))
            seen.setdefault(key, number)
            if "type" in row:
                if row["type"] not in TYPES:
                    error(path, number, "unknown type %s" % row["type"])
                elif row["subtype"] != "-" and row["subtype"] not in SUBTYPES.get(row["type"], ()):
                    error(path, number, "unknown subtype %s" % row["subtype"])
            if "class" in row and row["class"] != "-":
                for c in row["class"].split("|"):
                    if c not in CLASSES:
                        error(path, number, "unknown class %s" % c)
            if "place" in row and row["place"] not in ("before", "after", "both"):
                error(path, number, "place %r is not before, after or both" % row["place"])
    for name in WORD_LISTS:
        path, lines = lines_of(folder, name)
        seen = {}
        for number, line in enumerate(lines[1:], 2):
            if line.startswith("#"):
                continue
            if not line or line != line.strip() or "\t" in line:
                error(path, number, "empty, padded or tabbed line")
            elif line in seen:
                error(path, number, "%r is also at line %d" % (line, seen[line]))
            else:
                seen[line] = number
        counts[name] = len(seen)
    return counts


def main():
    args = sys.argv[1:]
    quiet, werror = "--quiet" in args, "--werror" in args
    rest = [a for a in args if not a.startswith("--")]
    folder = rest[0] if rest else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "..", "ingest", "data", "lexicon")
    counts = check_entries(folder)
    entries = sum(counts.values())
    lists = check_lists(folder)
    for line in errors + ([] if quiet else warnings):
        print(line)
    for name, count in sorted({**counts, **lists}.items()):
        print("%-28s %5d" % (name, count))
    print("%d entries, %d errors, %d warnings" % (entries, len(errors), len(warnings)))
    return 1 if errors or (werror and warnings) else 0


if __name__ == "__main__":
    sys.exit(main())
