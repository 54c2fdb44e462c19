#include "tools/eval/fresh_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

#include "graph/name_folding.h"
#include "graph/status.h"
#include "tools/eval/embedded_tables.h"

namespace newsgraph {
namespace {

// --- words and characters

// The code points of valid UTF-8, each as its bytes.
std::vector<std::string> Characters(std::string_view text) {
  std::vector<std::string> characters;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) characters.emplace_back();
    if (!characters.empty()) characters.back().push_back(byte);
  }
  return characters;
}

std::vector<std::string> Split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordByte(char c) { return IsLetter(c) || IsDigit(c); }
bool IsLatin(std::string_view name) { return !name.empty() && static_cast<unsigned char>(name[0]) < 0x80; }

std::string Upper(std::string word) {
  for (char& c : word) c = IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return word;
}

bool IsIn(std::string_view list, std::string_view word) {
  const std::string padded = fmt::format(" {} ", word);
  return !word.empty() && list.find(padded) != std::string_view::npos;
}

constexpr std::string_view kMiddleDots[] = {"·", "‧", "•", "・", "．"};

// What a name says of the class of the thing, which the fresh one says too. Words of a list
// have a space on both sides.
constexpr std::string_view kGenericWords =
    " inc corp co ltd llc plc group holdings platforms technologies technology systems design capital ventures "
    "partners "
    "bank university college institute school of on in the and for united states america federal national committee "
    "commission department ministry office agency board council administration court union labs research media news "
    "cloud ai pro max mini plus ultra air ";
constexpr std::array<std::string_view, 42> kGenericEndings = {
    "管理委員會", "管理委员会", "委員會", "委员会", "研究院",   "研究所", "公司", "集團",     "集团",    "科技", "電子",
    "电子",       "半導體",     "半导体", "資本",   "资本",     "銀行",   "银行", "大學",     "大学",    "學院", "学院",
    "控股",       "雲",         "云",     "部",     "局",       "署",     "社",   "報",       "报",      "聯盟", "联盟",
    "協會",       "协会",       "黨",     "党",     "七國集團", "央行",   "院",   "智慧眼鏡", "智慧眼镜"};
constexpr std::array<std::string_view, 15> kCountries = {"美國",   "美国", "中國", "中国", "英國",
                                                         "英国",   "台灣", "台湾", "日本", "加拿大",
                                                         "俄羅斯", "韓國", "韩国", "歐盟", "欧盟"};
// Offices of which every state has one: 中國外交部 has no fresh name that is no other state's.
constexpr std::string_view kStateOffices = " 外交 國防 国防 財政 财政 英倫 中央 ";

constexpr std::string_view kChineseSurnames =
    " 陳 陈 林 黃 黄 張 张 李 王 吳 吴 劉 刘 蔡 楊 杨 許 许 鄭 郑 謝 谢 郭 洪 曾 邱 廖 賴 赖 周 徐 蘇 苏 葉 叶 莊 庄 "
    "呂 吕 江 何 蕭 "
    "萧 羅 罗 高 潘 簡 简 朱 鍾 钟 游 彭 詹 胡 施 沈 余 趙 赵 盧 卢 梁 顏 颜 柯 孫 孙 魏 翁 戴 范 宋 方 鄧 邓 杜 傅 侯 "
    "曹 薛 丁 馬 马 "
    "董 唐 任 雷 習 习 ";
constexpr std::string_view kForeignEndings =
    " 克 斯 爾 尔 特 森 頓 顿 恩 姆 茲 兹 默 普 登 德 夫 伊 里 拉 蒂 尼 多 格 曼 伯 柏 茨 ";

// A misspelt or other transliteration: the character that stands in for one.
constexpr std::pair<std::string_view, std::string_view> kSoundAlike[] = {
    {"爾", "耳"}, {"尔", "耳"}, {"斯", "思"}, {"克", "柯"}, {"特", "忒"}, {"森", "申"}, {"德", "得"}, {"維", "威"},
    {"维", "威"}, {"蘭", "藍"}, {"兰", "蓝"}, {"利", "莉"}, {"里", "理"}, {"沃", "渥"}, {"拉", "菈"}, {"羅", "洛"},
    {"罗", "洛"}, {"馬", "瑪"}, {"马", "玛"}, {"諾", "努"}, {"诺", "努"}, {"多", "朵"}, {"韋", "維"}, {"韦", "维"}};

// --- invented names

struct Row {
  std::string kind, en, hant, hans;
};

const std::vector<Row>& Table() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> read;
    bool has_header = false;
    for (const std::string& line : Split(kFreshNamesTable, "\n")) {
      if (line.empty() || line[0] == '#') continue;
      const std::vector<std::string> cells = Split(line, "\t");
      if (has_header && cells.size() == 4) read.push_back({cells[0], cells[1], cells[2], cells[3]});
      has_header = true;
    }
    return read;
  }();
  return rows;
}

// What one entity is called in all documents.
struct Named {
  EntityType type = EntityType::kUnknown;
  std::string subtype;
  bool listed = false;
  std::vector<WrittenName> names;  // longest first
};

bool IsReplacedType(const GoldEntity& entity) {
  switch (entity.type) {
    case EntityType::kPerson:
    case EntityType::kOrg:
    case EntityType::kProduct:
      return true;
    case EntityType::kGpe:
      return entity.subtype == "city";
    default:
      return false;
  }
}

bool IsSimplified(const Document& document) { return document.language == "zh-Hans"; }

std::string_view TextOf(const Document& document, Field field) {
  return field == Field::kTitle ? document.title : document.text;
}

class Inventor {
 public:
  Inventor(const std::vector<Row>& rows, uint64_t seed) : random_(seed) {
    std::vector<Row> order = rows;
    // std::shuffle draws as each library likes; this is the same everywhere.
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_() % i]);
    for (Row& row : order) left_[row.kind].push_back(std::move(row));
  }

  absl::StatusOr<std::map<WrittenName, std::string>> Invent(const Named& entity) {
    std::map<WrittenName, std::string> fresh;
    absl::Status status = entity.type == EntityType::kPerson ? InventPerson(entity, fresh) : InventThing(entity, fresh);
    if (!status.ok()) return status;
    return fresh;
  }

 private:
  // A row with as many Han characters as `like`, where there is one.
  absl::StatusOr<Row> Draw(const std::string& kind, size_t like) {
    std::vector<Row>& rows = left_[kind];
    if (rows.empty()) {
      return absl::FailedPreconditionError(
          fmt::format("fresh names: no {} is left; add rows to tools/eval/fresh_names.tsv", kind));
    }
    auto chosen = std::find_if(rows.begin(), rows.end(),
                               [&](const Row& row) { return like == 0 || Characters(row.hant).size() == like; });
    if (chosen == rows.end()) chosen = rows.begin();
    Row row = *chosen;
    // Given names may come again, as in life.
    if (kind == "given" || kind == "given_zh" || kind == "field") {
      std::rotate(chosen, chosen + 1, rows.end());
    } else {
      rows.erase(chosen);
    }
    return row;
  }

  // Another spelling of `name`, for what is another spelling of one name there too.
  static std::string Respell(const std::string& name, size_t at) {
    std::vector<std::string> characters = Characters(name);
    for (size_t step = 0; step < characters.size(); ++step) {
      std::string& character = characters[(at + step) % characters.size()];
      for (const auto& [from, to] : kSoundAlike) {
        if (character != from) continue;
        character = to;
        std::string whole;
        for (const std::string& c : characters) whole += c;
        return whole;
      }
    }
    return name + "斯";
  }

  static std::string SplitDots(const std::string& name, std::vector<std::string>& parts) {
    for (const std::string_view dot : kMiddleDots) {
      if (name.find(dot) == std::string::npos) continue;
      parts = Split(name, dot);
      return std::string(dot);
    }
    parts = {name};
    return {};
  }

  absl::Status InventPerson(const Named& entity, std::map<WrittenName, std::string>& fresh) {
    bool chinese = false, foreign = false, hyphen = false, has_han = false;
    std::string full_latin, dotted, surname_han;
    for (const auto& [name, simplified] : entity.names) {
      if (IsLatin(name)) {
        if (full_latin.empty() && name.find(' ') != std::string::npos) full_latin = name;
        hyphen |= name.find('-') != std::string::npos;
        continue;
      }
      has_han = true;
      std::vector<std::string> parts;
      if (!SplitDots(name, parts).empty()) {
        foreign = true;
        if (dotted.empty()) dotted = name;
      }
      const std::vector<std::string> characters = Characters(name);
      if (parts.back().size() > surname_han.size()) surname_han = parts.back();
      const bool shape = characters.size() >= 2 && characters.size() <= 3 && IsIn(kChineseSurnames, characters[0]);
      (shape && !IsIn(kForeignEndings, characters.back()) ? chinese : foreign) = true;
    }
    chinese = !foreign && (chinese || (!has_han && hyphen));
    const size_t length = chinese ? 0 : Characters(surname_han).size();
    NEWSGRAPH_ASSIGN_OR_RETURN(const Row surname, Draw(chinese ? "surname_zh" : "surname", length));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Row given, Draw("given", 0));
    NEWSGRAPH_ASSIGN_OR_RETURN(const Row given_zh, Draw("given_zh", 0));

    std::vector<std::string> dotted_parts;
    SplitDots(dotted, dotted_parts);
    std::map<std::string, std::string> respelt;  // part of a name → its fresh one
    const auto part = [&](const std::string& from, const std::string& to) {
      if (const auto known = respelt.find(from); known != respelt.end()) return known->second;
      std::string spelling = to;
      size_t at = 0;
      for (const auto& [other, used] : respelt) {
        if (used != to || FoldName(other) == FoldName(from)) continue;
        const std::vector<std::string> a = Characters(from), b = Characters(other);
        while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
        spelling = Respell(to, at);
      }
      respelt[from] = spelling;
      return spelling;
    };
    for (const auto& [name, simplified] : entity.names) {
      if (IsLatin(name)) {
        const std::vector<std::string> words = Split(name, " "), full = Split(full_latin, " ");
        std::string result;
        for (size_t i = 0; i < words.size(); ++i) {
          const bool initial = words[i].size() <= 2 && IsUpper(words[i][0]) && words[i].back() == '.';
          const bool is_last = words.size() > 1 ? i + 1 == words.size() : full.size() < 2 || words[i] != full.front();
          const std::string word = initial                                              ? words[i]
                                   : is_last                                            ? surname.en
                                   : words[i].find('-') != std::string::npos && chinese ? given_zh.en
                                                                                        : given.en;
          if (i > 0) result += ' ';
          result += word;
        }
        fresh[{name, simplified}] = result;
        continue;
      }
      const std::string& family = simplified ? surname.hans : surname.hant;
      if (chinese) {
        const std::string& own = simplified ? given_zh.hans : given_zh.hant;
        const std::vector<std::string> characters = Characters(name);
        fresh[{name, simplified}] = characters.size() == 1                                             ? family
                                    : characters.size() == 2 && !IsIn(kChineseSurnames, characters[0]) ? own
                                                                                                       : family + own;
        continue;
      }
      std::vector<std::string> parts;
      const std::string dot = SplitDots(name, parts);
      std::string result;
      for (size_t i = 0; i < parts.size(); ++i) {
        const bool is_given =
            parts.size() > 1 ? i + 1 < parts.size() : dotted_parts.size() > 1 && parts[i] == dotted_parts[0];
        if (i > 0) result += dot;
        result += part(parts[i], is_given ? (simplified ? given.hans : given.hant) : family);
      }
      fresh[{name, simplified}] = result;
    }
    return absl::OkStatus();
  }

  // --- organisations, products, cities

  static std::string KindOf(const Named& entity) {
    if (entity.type == EntityType::kGpe) return "city";
    if (entity.type == EntityType::kProduct) return "product";
    const bool public_body = entity.subtype == "government" || entity.subtype == "international";
    return public_body ? "field" : "company";
  }

  // One word of a Latin name, the same wherever it comes: Llama of Llama 3.1 and Llama 4.
  absl::StatusOr<std::string> LatinWord(const Named& entity, const std::string& word, std::optional<Row>& row) {
    std::string letters;
    bool lower = false, digit = false;
    for (const char c : word) {
      if (IsLetter(c)) letters += c;
      lower |= IsLower(c);
      digit |= IsDigit(c);
    }
    std::string plain = Upper(letters);
    std::transform(plain.begin(), plain.end(), plain.begin(),
                   [](char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; });
    if (letters.empty() || (!digit && IsIn(kGenericWords, plain))) return word;
    if (const auto known = words_.find(word); known != words_.end()) return known->second;
    // H20 and H100 keep their numbers, AMD its length.
    const bool is_acronym = !lower && (digit || letters.size() <= 5);
    if (is_acronym && entity.type != EntityType::kGpe) {
      std::string& acronym = words_[letters];
      if (acronym.empty()) {
        static constexpr std::string_view kLetters = "BCDFGHJKLMNPQRSTVWZ";
        for (size_t i = 0; i < letters.size(); ++i) {
          char c = letters[i];
          while (c == letters[i]) c = kLetters[random_() % kLetters.size()];
          acronym += c;
        }
      }
      std::string result;
      size_t next = 0;
      for (const char c : word) result += IsLetter(c) ? acronym[next++] : c;
      return words_[word] = result;
    }
    if (!row || (entity.type != EntityType::kGpe && used_latin_)) {
      NEWSGRAPH_ASSIGN_OR_RETURN(row, Draw(KindOf(entity), 0));
    }
    used_latin_ = true;
    std::string result = row->en;
    if (!lower) result = Upper(result);
    if (word.size() > 2 && word.substr(word.size() - 2) == "AI") result += "AI";
    if (word.size() > 3 && word.substr(word.size() - 3) == "GPT") result += "GPT";
    return words_[word] = result;
  }

  absl::StatusOr<std::string> LatinName(const Named& entity, const std::string& name, std::optional<Row>& row) {
    if (entity.type == EntityType::kGpe) {
      if (!row) {
        NEWSGRAPH_ASSIGN_OR_RETURN(row, Draw("city", 0));
      }
      const bool capitals = std::none_of(name.begin(), name.end(), IsLower);
      return capitals ? Upper(row->en) : row->en;
    }
    std::string result;
    bool in_field = false;
    for (const std::string& word : Split(name, " ")) {
      NEWSGRAPH_ASSIGN_OR_RETURN(std::string fresh, LatinWord(entity, word, row));
      // Foreign Investment is one field.
      const bool field = KindOf(entity) == "field" && fresh != word && std::any_of(word.begin(), word.end(), IsLower);
      if (field && in_field) continue;
      in_field = field;
      if (!result.empty()) result += ' ';
      result += fresh;
    }
    return result;
  }

  absl::StatusOr<std::string> HanName(const Named& entity, const std::string& name, bool simplified,
                                      std::optional<Row>& row) {
    std::string_view stem = name;
    std::string head, tail;
    for (const std::string_view country : kCountries) {
      if (entity.type != EntityType::kGpe && stem.size() > country.size() &&
          stem.substr(0, country.size()) == country) {
        head = std::string(country);
        stem.remove_prefix(country.size());
        break;
      }
    }
    for (const std::string_view ending : kGenericEndings) {
      if (entity.type == EntityType::kGpe || stem.size() < ending.size()) continue;
      if (stem.substr(stem.size() - ending.size()) != ending) continue;
      tail = std::string(ending);
      stem.remove_suffix(ending.size());
      break;
    }
    if (stem.empty() || (KindOf(entity) == "field" && IsIn(kStateOffices, stem))) {
      // 台灣大學: the place is what tells it apart; 商務部 has a field, 外交部 is every state's.
      if (head.empty() || KindOf(entity) == "field" || tail.empty()) return name;
      head.clear();
      stem = name;
    }
    const std::string key = FoldName(stem);
    if (const auto known = stems_.find(key); known != stems_.end()) {
      return head + (simplified ? known->second.hans : known->second.hant) + tail;
    }
    if (!row) {
      NEWSGRAPH_ASSIGN_OR_RETURN(row, Draw(KindOf(entity), Characters(stem).size()));
    }
    stems_[key] = *row;
    return head + (simplified ? row->hans : row->hant) + tail;
  }

  static std::string Initials(const std::string& name) {
    std::string initials;
    for (const std::string& word : Split(name, " ")) {
      if (!word.empty() && IsUpper(word[0])) initials += word[0];
    }
    return initials;
  }

  absl::Status InventThing(const Named& entity, std::map<WrittenName, std::string>& fresh) {
    std::optional<Row> row;
    used_latin_ = false;
    // Han first, so that the row has as many characters as the name; long names before their acronyms.
    for (const bool latin : {false, true}) {
      for (const auto& [name, simplified] : entity.names) {
        if (IsLatin(name) != latin) continue;
        // Facebook公司: Latin and Han each by their own.
        size_t cut = 0;
        while (latin && cut < name.size() && static_cast<unsigned char>(name[cut]) < 0x80) ++cut;
        if (!latin) {
          NEWSGRAPH_ASSIGN_OR_RETURN(std::string result, HanName(entity, name, simplified, row));
          fresh[{name, simplified}] = std::move(result);
          continue;
        }
        const auto whole =
            std::find_if(entity.names.begin(), entity.names.end(), [&, simple = name](const auto& other) {
              return other.name.find(' ') != std::string::npos && other.name != simple &&
                     Initials(other.name) == simple;
            });
        if (whole != entity.names.end() && fresh.contains(*whole)) {
          fresh[{name, simplified}] = words_[name] = Initials(fresh[*whole]);
          continue;
        }
        NEWSGRAPH_ASSIGN_OR_RETURN(std::string result, LatinName(entity, name.substr(0, cut), row));
        fresh[{name, simplified}] = result + name.substr(cut);
      }
    }
    return absl::OkStatus();
  }

  std::mt19937_64 random_;
  std::map<std::string, std::vector<Row>> left_;
  std::map<std::string, std::string> words_;  // Latin word → fresh word
  std::map<std::string, Row> stems_;          // folded Han stem → fresh
  bool used_latin_ = false;                   // the row's Latin name stands for a word of this entity
};

// --- rewriting

// Names that are replaced, where no mention of the gold covers them: titles, what the gold leaves out.
class Replacer {
 public:
  Replacer(const std::map<std::string, std::map<WrittenName, std::string>>& names, bool simplified) {
    for (const auto& [id, pairs] : names) {
      for (const auto& [name, fresh] : pairs) {
        if (name.simplified == simplified && name.name.size() >= 2 && name.name != fresh) {
          pairs_.emplace_back(name.name, fresh);
        }
      }
    }
    std::stable_sort(pairs_.begin(), pairs_.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  }

  std::string Replace(std::string_view text) const {
    std::string result;
    for (size_t i = 0; i < text.size();) {
      const auto hit = std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& pair) {
        if (text.substr(i, pair.first.size()) != pair.first) return false;
        const size_t end = i + pair.first.size();
        const bool left = i == 0 || !IsWordByte(text[i - 1]) || !IsWordByte(text[i]);
        const bool right = end >= text.size() || !IsWordByte(text[end]) || !IsWordByte(text[end - 1]);
        return left && right;
      });
      if (hit == pairs_.end()) {
        result += text[i++];
        continue;
      }
      result += hit->second;
      i += hit->first.size();
    }
    return result;
  }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// Rewrites one field and moves the mentions in it.
void Rewrite(GoldDocument& document, Field field,
             const std::map<std::string, std::map<WrittenName, std::string>>& names, const Replacer& replacer) {
  std::string& text = field == Field::kTitle ? document.document.title : document.document.text;
  struct Piece {
    uint32_t begin, end;
    std::string fresh;
  };
  std::vector<Piece> pieces;
  std::set<uint32_t> cuts = {0, static_cast<uint32_t>(text.size())};
  for (const GoldMention& mention : document.mentions) {
    if (mention.span.field != field) continue;
    cuts.insert(mention.span.begin);
    cuts.insert(mention.span.end);
  }
  for (const GoldMention& mention : document.mentions) {
    if (mention.span.field != field) continue;
    if (mention.form != MentionForm::kName || mention.entity < 0) continue;
    const auto entity = names.find(document.entities[static_cast<size_t>(mention.entity)].id);
    if (entity == names.end()) continue;
    const auto fresh = entity->second.find(
        {text.substr(mention.span.begin, mention.span.end - mention.span.begin), IsSimplified(document.document)});
    if (fresh == entity->second.end()) continue;
    // A name that holds another keeps its own; the inner one may be replaced.
    if (*cuts.upper_bound(mention.span.begin) < mention.span.end) continue;
    if (!pieces.empty() && pieces.back().end > mention.span.begin) continue;
    pieces.push_back({mention.span.begin, mention.span.end, fresh->second});
  }
  const std::string old = text;
  // Where each old cut is in the new text. Between two cuts stands a name or what no name's edge divides.
  std::map<uint32_t, uint32_t> moved;
  std::string result;
  size_t next = 0;
  for (auto cut = cuts.begin(); cut != cuts.end(); ++cut) {
    moved[*cut] = static_cast<uint32_t>(result.size());
    if (next < pieces.size() && pieces[next].begin == *cut) {
      result += pieces[next++].fresh;
      continue;
    }
    const auto end = std::next(cut);
    if (end != cuts.end()) result += replacer.Replace(std::string_view(text).substr(*cut, *end - *cut));
  }
  for (GoldMention& mention : document.mentions) {
    if (mention.span.field != field) continue;
    mention.span.begin = moved[mention.span.begin];
    mention.span.end = moved[mention.span.end];
  }
  // Evidence makes no cuts: its edges lie in what stands between names.
  const auto place = [&](uint32_t at) {
    const auto cut = std::prev(moved.upper_bound(at));
    if (cut->first == at) return cut->second;
    const auto before = replacer.Replace(std::string_view(old).substr(cut->first, at - cut->first)).size();
    uint32_t to = std::min(cut->second + static_cast<uint32_t>(before), std::next(cut)->second);
    while (to < result.size() && (static_cast<unsigned char>(result[to]) & 0xC0) == 0x80) --to;
    return to;
  };
  for (GoldStatement& statement : document.statements) {
    if (statement.evidence.field != field) continue;
    statement.evidence.begin = place(statement.evidence.begin);
    statement.evidence.end = place(statement.evidence.end);
  }
  text = std::move(result);
}

}  // namespace

std::vector<std::string> NamesToLookUp(const GoldSet& gold) {
  std::set<std::string> names;
  for (const GoldDocument& document : gold.documents) {
    for (const GoldMention& mention : document.mentions) {
      if (mention.form != MentionForm::kName) continue;
      names.emplace(TextOf(document.document, mention.span.field)
                        .substr(mention.span.begin, mention.span.end - mention.span.begin));
    }
  }
  for (const Row& row : Table()) names.insert({row.en, row.hant, row.hans});
  return {names.begin(), names.end()};
}

absl::StatusOr<FreshNames> WithFreshNames(const GoldSet& gold, const std::set<std::string>& listed, uint64_t seed) {
  if (!gold.has_identity) {
    return absl::FailedPreconditionError(fmt::format(
        "fresh names for {}: this gold does not say which names are one entity's; use a corpus or a graph", gold.name));
  }
  // In the order of their first mention, so that documents behind do not change names before.
  std::vector<std::string> order;
  std::map<std::string, Named> entities;
  for (const GoldDocument& document : gold.documents) {
    const bool simplified = IsSimplified(document.document);
    for (const GoldMention& mention : document.mentions) {
      if (mention.form != MentionForm::kName || mention.entity < 0) continue;
      const GoldEntity& entity = document.entities[static_cast<size_t>(mention.entity)];
      if (!IsReplacedType(entity)) continue;
      const auto [place, added] = entities.try_emplace(entity.id);
      Named& named = place->second;
      if (added) {
        order.push_back(entity.id);
        named.type = entity.type;
        named.subtype = entity.subtype;
      }
      const std::string name(TextOf(document.document, mention.span.field)
                                 .substr(mention.span.begin, mention.span.end - mention.span.begin));
      named.listed |= listed.contains(name);
      const WrittenName written{name, simplified};
      if (std::find(named.names.begin(), named.names.end(), written) == named.names.end()) {
        named.names.push_back(written);
      }
    }
  }
  std::vector<Row> rows;
  for (const Row& row : Table()) {
    const bool may = row.kind == "given" || row.kind == "surname_zh" || row.kind == "given_zh" || row.kind == "field";
    bool free = may || (!listed.contains(row.en) && !listed.contains(row.hant) && !listed.contains(row.hans));
    for (const GoldDocument& document : gold.documents) {
      const std::string& text = document.document.text;
      free &= may || (text.find(row.en) == std::string::npos && text.find(row.hant) == std::string::npos &&
                      text.find(row.hans) == std::string::npos);
    }
    if (free) rows.push_back(row);
  }

  FreshNames result{gold, {}};
  Inventor inventor(rows, seed);
  for (const std::string& id : order) {
    Named& named = entities[id];
    if (!named.listed) continue;
    std::stable_sort(named.names.begin(), named.names.end(),
                     [](const auto& a, const auto& b) { return a.name.size() > b.name.size(); });
    NEWSGRAPH_ASSIGN_OR_RETURN(result.names[id], inventor.Invent(named));
  }
  const Replacer traditional(result.names, false), simplified(result.names, true);
  for (GoldDocument& document : result.gold.documents) {
    const Replacer& replacer = IsSimplified(document.document) ? simplified : traditional;
    Rewrite(document, Field::kTitle, result.names, replacer);
    Rewrite(document, Field::kText, result.names, replacer);
    for (GoldStatement& statement : document.statements) {
      if (!statement.literal) continue;
      const std::string& type = statement.literal->type;
      if (type == "NAME" || type == "TEXT" || type == "STATEMENT") {
        statement.literal->text = replacer.Replace(statement.literal->text);
      }
    }
  }
  return result;
}

}  // namespace newsgraph
