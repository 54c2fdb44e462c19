// Names in Chinese text that neither a list, nor an ending, nor a mark around them gives away:
// a word that is in no dictionary, between two sure ends, beside words that only companies,
// persons, places or products stand beside. What speaks for a name is added up over the document.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "ingest/text/name_scene.h"
#include "ingest/text/unlisted_words.h"
#include "ingest/text/word_tables.h"

namespace newsgraph {
namespace {

constexpr uint32_t kLongestGap = 8;

// A piece of the text as the words around names cut it.
struct Piece {
  enum class Kind : uint8_t { kGap, kLatin, kCue, kName, kOther };
  Range range;
  Kind kind = Kind::kOther;
  uint32_t cues = 0;
  EntityType type = EntityType::kUnknown;
};

enum Reading : uint8_t { kCompany, kPerson, kPlace, kProduct, kReadings };

struct Candidate {
  std::array<int, kReadings> evidence{};
  bool foreign = false;  // all characters of transliteration, three or more
  std::vector<Range> places;

  Reading best() const {
    return static_cast<Reading>(std::max_element(evidence.begin(), evidence.end()) - evidence.begin());
  }
  int most() const { return evidence[best()]; }
};

// 、 and the characters for "and" part the members of a list.
bool IsListMark(const Scene& scene, const Piece& piece) {
  return piece.range.size() == 1 && IsOneOf(scene.text[piece.range.begin], U"、和与及跟");
}

class ContextReader {
 public:
  explicit ContextReader(Scene& scene) : scene_(scene), text_(scene.text) {}

  void Run() {
    CutPieces();
    for (size_t i = 0; i < pieces_.size(); ++i) {
      if (IsUnknown(pieces_[i])) Weigh(i);
    }
    // 冠维、凯利登与…: what one member of a list is, its neighbours are.
    for (int round = 0; round < 2; ++round) Spread();
    for (const auto& [name, candidate] : candidates_) order_.push_back(name);
    std::sort(order_.begin(), order_.end());
    for (const std::u32string_view name : order_) Propose(name, candidates_.at(name));
  }

 private:
  void CutPieces() {
    const uint32_t size = text_.size();
    std::vector<uint32_t> longest(size + 1, 0);  // 1 + index of the longest name that begins here
    std::vector<const Proposal*> names;
    const auto add = [&](const Proposal& proposal) {
      if (proposal.strength == Strength::kGuess || proposal.range.size() < 2) return;
      names.push_back(&proposal);
      uint32_t& there = longest[proposal.range.begin];
      if (there == 0 || names[there - 1]->range.size() < proposal.range.size())
        there = static_cast<uint32_t>(names.size());
    };
    for (const Proposal& known : scene_.known) add(known);
    for (const Proposal& proposal : scene_.proposals) {
      // 森塔拉宣布 read as a person by its verb alone may be a company by what stands elsewhere.
      if (!IsBareForeign(proposal)) add(proposal);
    }
    constexpr uint32_t kCutting = kBreak | kSpeech | kOrgAfter | kOrgBefore | kOrgNoun | kProductNoun | kProductBefore |
                                  kPersonBefore | kPersonVerb | kPlaceBefore | kAction | kPlain;
    for (uint32_t i = 0; i < size;) {
      Piece piece;
      piece.range = {i, i + 1};
      const CueMark& mark = scene_.marks.begins[i];
      const bool cuts = (mark.kinds & kCutting) != 0 && (mark.length >= 2 || (mark.kinds & (kBreak | kSpeech)));
      if (longest[i] != 0) {
        piece.kind = Piece::Kind::kName;
        piece.range = names[longest[i] - 1]->range;
        piece.type = names[longest[i] - 1]->type;
      } else if (IsHan(text_[i]) && cuts) {
        piece.kind = Piece::Kind::kCue;
        piece.range.end = i + mark.length;
        piece.cues = mark.kinds;
      } else if (IsHan(text_[i])) {
        piece.kind = Piece::Kind::kGap;
        if (!pieces_.empty() && pieces_.back().kind == Piece::Kind::kGap && pieces_.back().range.end == i) {
          ++pieces_.back().range.end;
          ++i;
          continue;
        }
      }
      if (piece.kind == Piece::Kind::kOther && scene_.token_at[i] != 0) {
        const LatinToken& token = scene_.tokens[scene_.token_at[i] - 1];
        if (token.range.begin == i && token.capital && !(token.cues & kPlain) && token.range.size() >= 3) {
          piece.kind = Piece::Kind::kLatin;
        }
        piece.range.end = token.range.end;
      }
      i = piece.range.end;
      pieces_.push_back(piece);
    }
  }

  bool IsBareForeign(const Proposal& proposal) const {
    if (proposal.type != EntityType::kPerson || proposal.strength != Strength::kPattern) return false;
    for (uint32_t i = proposal.range.begin; i < proposal.range.end; ++i) {
      if (!IsHan(text_[i]) || !scene_.lists.IsTransliteration(text_[i])) return false;
    }
    return proposal.range.size() >= 3;
  }

  static bool IsUnknown(const Piece& piece) {
    return piece.kind == Piece::Kind::kGap || piece.kind == Piece::Kind::kLatin;
  }
  bool IsHanPiece(const Piece* piece) const { return piece != nullptr && IsHan(text_[piece->range.begin]); }

  const Piece* At(size_t i) const { return i < pieces_.size() ? &pieces_[i] : nullptr; }

  // 等业者, 等云端业者, 等伙伴: what kind the members of the list before are of.
  bool IsKindOfCompanies(size_t i) const {
    for (size_t k = i; k < pieces_.size() && k < i + 3; ++k) {
      const Piece& piece = pieces_[k];
      if (piece.kind == Piece::Kind::kOther) return false;
      const std::u32string_view word = text_.folded(piece.range.begin, piece.range.end);
      if (piece.kind == Piece::Kind::kCue &&
          ((piece.cues & kOrgNoun) || word == U"伙伴" || word == U"合作伙伴" || word == U"大厂" || word == U"巨头")) {
        return true;
      }
    }
    return false;
  }

  std::array<int, kReadings> EvidenceAround(size_t i) const {
    std::array<int, kReadings> evidence{};
    const Piece* before = i > 0 ? &pieces_[i - 1] : nullptr;
    const Piece* after = At(i + 1);
    // 森塔拉执行长, but 玛丽娜公主: only companies have their heads right behind them.
    if (after != nullptr && after->kind == Piece::Kind::kName && after->type == EntityType::kPosition &&
        (scene_.cues.KindsOf(text_.folded(after->range.begin, after->range.end)) & kOrgAfter)) {
      evidence[kCompany] += 2;
    }
    // 在红沼创办 says of the founders what they do, not of the place.
    const bool in_place = before != nullptr && before->range.size() == 1 &&
                          (text_[before->range.begin] == U'在' || text_[before->range.begin] == U'于');
    if (after != nullptr && after->kind == Piece::Kind::kCue && !in_place) {
      const bool long_word = after->range.size() >= 2;
      if ((after->cues & kOrgAfter) && long_word) evidence[kCompany] += (after->cues & (kSpeech | kBreak)) ? 1 : 2;
      if ((after->cues & kSpeech) && long_word) {
        evidence[kPerson] += 1;
        // A person's name begins with a surname or is foreign.
        if (pieces_[i].kind == Piece::Kind::kGap && !IsForeign(pieces_[i].range) &&
            !scene_.lists.IsSurname(text_.folded(pieces_[i].range.begin, pieces_[i].range.begin + 1))) {
          evidence[kCompany] += 1;
        }
      }
      // 宜登的Quillon: what has products is a company.
      if (text_[after->range.begin] == U'的' && after->range.size() == 1) {
        const Piece* thing = At(i + 2);
        if (thing != nullptr && (thing->kind == Piece::Kind::kLatin ||
                                 (thing->kind == Piece::Kind::kName && thing->type == EntityType::kProduct))) {
          evidence[kCompany] += 2;
        }
      }
      if (after->cues & kPersonVerb) evidence[kPerson] += 2;
      if ((after->cues & kProductNoun) && long_word) evidence[kProduct] += 2;
      if (text_[after->range.begin] == U'等' && after->range.size() == 1 && IsKindOfCompanies(i + 2)) {
        evidence[kCompany] += 3;
      }
    }
    // 代表Veldora的律师: who is represented, and no representative.
    const bool represented = before != nullptr && after != nullptr && text_[after->range.begin] == U'的' &&
                             text_.folded(before->range.begin, before->range.end) == U"代表";
    if (represented) {
      evidence[kCompany] += 2;
    } else if (before != nullptr && before->kind == Piece::Kind::kName && before->type == EntityType::kPosition) {
      evidence[kPerson] += 3;
    }
    if (before != nullptr && before->kind == Piece::Kind::kCue) {
      const bool long_word = before->range.size() >= 2;
      if (before->cues & kOrgNoun) {
        evidence[kCompany] += 2;
      } else if ((before->cues & kOrgBefore) && long_word) {
        evidence[kCompany] += 2;
      }
      if ((before->cues & kPersonBefore) && !represented) evidence[kPerson] += 2;
      // 前往 has verbs behind it too.
      const char32_t last = text_[before->range.end - 1];
      if (before->cues & kPlaceBefore) evidence[kPlace] += last == U'于' || last == U'在' ? 3 : 2;
      if (text_[before->range.begin] == U'由' && before->range.size() == 1 && after != nullptr &&
          after->kind == Piece::Kind::kCue && after->range.size() >= 2) {
        evidence[kCompany] += (after->cues & kOrgAfter) ? 2 : 1;
        evidence[kPerson] += 2;
      }
      if ((before->cues & kProductNoun) && long_word) evidence[kProduct] += 2;
      // 在红沼成立, 在霍伦发表: where something begins or is held.
      const std::u32string_view word = text_.folded(before->range.begin, before->range.end);
      if (word == U"在" && after != nullptr && after->kind == Piece::Kind::kCue) {
        const std::u32string_view verb = text_.folded(after->range.begin, after->range.end);
        static constexpr std::u32string_view kHeld[] = {U"成立", U"创立", U"创办", U"举行", U"召开", U"举办",
                                                        U"发表", U"展示", U"会见", U"会面", U"兴建"};
        if (std::find(std::begin(kHeld), std::end(kHeld), verb) != std::end(kHeld)) evidence[kPlace] += 2;
      }
    }
    return evidence;
  }

  // The part of the gap that is in no dictionary and touches the word that speaks for it.
  // `over_word`: one common word may stand between the two, where the name begins the gap: 森塔拉|单季|营收.
  Range UnlistedPart(Range gap, bool from_right, bool over_word) const {
    std::vector<uint32_t> lengths = WordLengths(text_.folded(gap.begin, gap.end));
    if (from_right && over_word && lengths.size() >= 3 && lengths.back() >= 2) {
      const uint32_t end = gap.end - lengths.back();
      lengths.pop_back();
      const bool unlisted = std::all_of(lengths.begin(), lengths.end(), [](uint32_t length) { return length == 1; });
      return unlisted ? Range{gap.begin, end} : Range{gap.end, gap.end};
    }
    Range part = from_right ? Range{gap.end, gap.end} : Range{gap.begin, gap.begin};
    if (from_right) {
      for (auto length = lengths.rbegin(); length != lengths.rend() && *length == 1; ++length) --part.begin;
    } else {
      // A word behind it may belong to it: 苏门|答腊岛.
      for (const uint32_t length : lengths) part.end += length == 1 ? 1 : 0;
      if (part != gap) part.end = part.begin;
    }
    return part;
  }

  bool IsForeign(Range range) const {
    if (range.size() < 3) return false;
    for (uint32_t i = range.begin; i < range.end; ++i) {
      if (!scene_.lists.IsTransliteration(text_[i]) || IsMiddleDot(text_[i])) return false;
    }
    return true;
  }

  Candidate* CandidateOf(size_t i, bool from_right, bool over_word) {
    const Range gap = pieces_[i].range;
    if (pieces_[i].kind == Piece::Kind::kLatin) {
      // Only beside Chinese: English has its own ways (latin_patterns.cc).
      if (!IsHanPiece(At(i + 1)) && !(i > 0 && IsHanPiece(&pieces_[i - 1]))) return nullptr;
      return &Note(gap, false);
    }
    if (gap.size() < 2 || gap.size() > kLongestGap) return nullptr;
    Range range = gap;
    // 维|多拉: dictionaries hold parts of foreign names too.
    const bool foreign_whole = IsForeign(gap) && gap.size() <= 6;
    if (!foreign_whole || WordLengths(text_.folded(gap.begin, gap.end)).size() == 1) {
      range = UnlistedPart(gap, from_right, over_word);
    }
    const uint32_t longest = IsForeign(range) ? 6 : 3;
    if (range.size() < 2 || range.size() > longest) return nullptr;
    for (uint32_t k = range.begin; k < range.end; ++k) {
      // Characters that are words by themselves, and that no name is written with.
      if (IsOneOf(text_[k],
                  U"这那此每各其并却便即再很更最太们个把被让给着过吗呢吧啊说做去没能会要想看听买卖两几多少这该本某第今"
                  U"昨明年月日时分元"
                  U"岁号")) {
        return nullptr;
      }
    }
    return &Note(range, IsForeign(range));
  }

  bool Stands(std::u32string_view name, const Candidate& candidate) const {
    const int most = candidate.most();
    return most >= 3 || (most == 2 && (candidate.foreign || IsRepeated(name)));
  }
  // Asked only of what hangs on it: it looks at the whole text.
  bool IsRepeated(std::u32string_view name) const {
    const size_t first = text_.folded().find(name);
    return text_.folded().find(name, first + 1) != std::u32string_view::npos;
  }

  Candidate& Note(Range range, bool foreign) {
    Candidate& candidate = candidates_[text_.folded(range.begin, range.end)];
    candidate.foreign = foreign;
    candidate.places.push_back(range);
    return candidate;
  }

  void Weigh(size_t i) {
    const std::array<int, kReadings> evidence = EvidenceAround(i);
    const Piece* after = At(i + 1);
    const bool listed =
        (i > 0 && IsListMark(scene_, pieces_[i - 1])) || (after != nullptr && IsListMark(scene_, *after));
    if (!listed && std::all_of(evidence.begin(), evidence.end(), [](int e) { return e == 0; })) return;
    const bool from_right = after != nullptr && (after->kind == Piece::Kind::kCue || after->kind == Piece::Kind::kName);
    Candidate* const candidate = CandidateOf(i, from_right, evidence[kCompany] >= 2);
    if (candidate == nullptr) return;
    for (size_t k = 0; k < kReadings; ++k) candidate->evidence[k] += evidence[k];
    if (!listed) return;
    const std::u32string_view name = text_.folded(candidate->places.back().begin, candidate->places.back().end);
    if (i > 1 && IsListMark(scene_, pieces_[i - 1])) links_.emplace_back(name, i - 2);
    if (i + 2 < pieces_.size() && IsListMark(scene_, pieces_[i + 1])) links_.emplace_back(name, i + 2);
  }

  void Spread() {
    std::vector<std::pair<std::u32string_view, Reading>> gained;
    for (const auto& [name, neighbour] : links_) {
      const Piece& piece = pieces_[neighbour];
      // 董事长罗斯加和Veldora首席执行官: a list of persons, each with an office.
      if (candidates_.at(name).most() >= 6 || candidates_.at(name).evidence[kPerson] >= 2) continue;
      if (piece.kind == Piece::Kind::kName) {
        if (piece.type == EntityType::kOrg) gained.emplace_back(name, kCompany);
        if (piece.type == EntityType::kProduct) gained.emplace_back(name, kProduct);
      } else if (IsUnknown(piece)) {
        const auto other = candidates_.find(text_.folded(piece.range.begin, piece.range.end));
        if (other != candidates_.end() && Stands(other->first, other->second))
          gained.emplace_back(name, other->second.best());
      }
    }
    for (const auto& [name, reading] : gained) candidates_.at(name).evidence[reading] += 3;
  }

  void Propose(std::u32string_view name, const Candidate& candidate) {
    if (!Stands(name, candidate)) return;
    EntityType type = EntityType::kOrg;
    std::string_view subtype = "company";
    switch (candidate.best()) {
      case kPerson:
        if (!candidate.foreign) return;  // person_patterns_zh.cc and latin_patterns.cc know the others
        type = EntityType::kPerson;
        subtype = {};
        break;
      case kPlace:
        type = EntityType::kGpe;
        subtype = "city";
        break;
      case kProduct:
        type = EntityType::kProduct;
        subtype = {};
        break;
      default:
        break;
    }
    const Strength strength = candidate.most() >= 4 ? Strength::kLearned : Strength::kPattern;
    for (const Range range : candidate.places) scene_.Propose(range, type, subtype, strength);
    if (!candidate.foreign || type == EntityType::kPerson) return;
    // What a verb alone made a person is what the rest of the document says.
    for (Proposal& proposal : scene_.proposals) {
      if (!IsBareForeign(proposal) || text_.folded(proposal.range.begin, proposal.range.end) != name) continue;
      proposal.type = type;
      proposal.subtype = subtype;
    }
  }

  Scene& scene_;
  const FoldedText& text_;
  std::vector<Piece> pieces_;
  std::unordered_map<std::u32string_view, Candidate> candidates_;
  std::vector<std::pair<std::u32string_view, size_t>> links_;  // candidate, piece of its neighbour in a list
  std::vector<std::u32string_view> order_;
};

}  // namespace

void ProposeByContext(Scene& scene) {
  // Names are told by Chinese words beside them.
  const std::u32string_view text = scene.text.folded();
  if (std::any_of(text.begin(), text.end(), [](char32_t c) { return IsHan(c); })) ContextReader(scene).Run();
}

}  // namespace newsgraph
