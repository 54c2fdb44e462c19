#include "ingest/text/clause_topic.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace newsgraph {
namespace {

// Words that are no cue and may stand before a subject: 而, 不過, 45歲的. More are a subject or a verb themselves.
constexpr uint32_t kOpeningWords = 5;
// Between a company and the person that holds an office in it.
constexpr uint32_t kTitleWords = 8;
// Between 的 and the name of what a relative clause tells of.
constexpr uint32_t kHeadWords = 8;
// What a text begins with, its title say, counts so much more for what it is about.
constexpr uint32_t kLeadSentences = 2;
constexpr uint32_t kLeadWeight = 2;

// What acts or is measured where no name stands, as it begins a clause.
constexpr std::u32string_view kOthers[] = {
    U"董事会", U"董事局", U"管理层", U"高层",   U"股东",   U"员工",   U"工会",   U"外界",   U"市场",   U"业者",
    U"业界",   U"专家",   U"学者",   U"律师",   U"分析师", U"民众",   U"居民",   U"村民",   U"家属",   U"网友",
    U"球迷",   U"媒体",   U"记者",   U"法官",   U"法院",   U"检方",   U"警方",   U"校方",   U"院方",   U"厂方",
    U"资方",   U"劳方",   U"双方",   U"两人",   U"两家",   U"两国",   U"三方",   U"各方",   U"对方",   U"政府",
    U"当局",   U"官方",   U"协定",   U"协议",   U"合约",   U"合同",   U"草案",   U"法案",   U"计划书", U"计画书",
    U"案件",   U"全案",   U"本案",   U"交易",   U"买卖",   U"股价",   U"营收",   U"获利",   U"毛利率", U"售价",
    U"金额",   U"产品",   U"新厂",   U"工厂",   U"厂房",   U"园区",   U"项目",   U"专案",   U"消息",   U"报告",
    U"报导",   U"报道",   U"调查",   U"原因",   U"理由",   U"目标",   U"问题",   U"条件",   U"会议",   U"仪式",
    U"活动",   U"比赛",   U"有人",   U"不少人", U"许多人", U"批评者", U"支持者", U"反对者", U"消费者", U"投资人",
    U"投资者", U"用户",   U"客户",   U"供应商", U"机械业", U"产业",   U"团队",   U"团体",   U"联盟",
};

// What stands at the head of a clause and is neither its subject nor its verb.
constexpr std::u32string_view kOpenings[] = {
    U"此外", U"另外", U"今后", U"接下来", U"最终", U"最后", U"事后", U"其后", U"至今", U"反而", U"反倒", U"只是",
    U"不过", U"然而", U"于是", U"因而",   U"从而", U"进而", U"此前", U"此后", U"原先", U"起初", U"当初", U"一度",
    U"终于", U"果然", U"依然", U"依旧",   U"同样", U"再度", U"近期", U"近年", U"稍早", U"稍后", U"隔天", U"隔日",
    U"翌日", U"当晚", U"当天", U"当日",   U"当年", U"同年", U"同日", U"次年", U"隔年", U"昨晚", U"昨日", U"今日",
    U"今晨", U"但",   U"而",   U"惟",     U"故",   U"虽然", U"虽",   U"尽管", U"除了", U"随着", U"因为", U"由于",
    U"为了", U"如今", U"后来", U"尔后",   U"期间", U"其间", U"届时", U"结果", U"目前", U"现时", U"本来", U"曾",
};

// The length of such a word that the text begins with; 0 for none.
uint32_t OpeningAt(std::u32string_view text) {
  for (const std::u32string_view word : kOpenings) {
    if (text.starts_with(word)) return static_cast<uint32_t>(word.size());
  }
  return 0;
}

uint32_t OtherAt(std::u32string_view text) {
  for (const std::u32string_view word : kOthers) {
    if (text.starts_with(word)) return static_cast<uint32_t>(word.size());
  }
  return 0;
}

// Sets of cues: words that govern what follows, words that say nothing of whom, and nouns that stand before
// names.
constexpr std::string_view kGoverning[] = {"coverb", "with", "passive"};
constexpr std::string_view kAdverbs[] = {"adverb", "of", "ex", "link"};
// Not between a company and who holds an office in it: 北嶺老闆則是林安.
constexpr std::string_view kVerbal[] = {"adverb", "copula", "coverb", "passive"};
constexpr std::string_view kKin[] = {"spouse", "child", "parent", "sibling", "relative"};
constexpr std::string_view kKinds[] = {"title",
                                       "descriptor",
                                       "party_office",
                                       "spokesperson",
                                       "adviser",
                                       "spouse",
                                       "child",
                                       "parent",
                                       "sibling",
                                       "friend",
                                       "relative",
                                       "head_of_state",
                                       "head_of_government",
                                       "candidate",
                                       "laureate",
                                       "company_kind",
                                       "supplier",
                                       "rival",
                                       "partner_noun",
                                       "shareholder",
                                       "subsidiary",
                                       "head_of_body",
                                       "office",
                                       "officer",
                                       "worker",
                                       "academic",
                                       "reporter",
                                       "board",
                                       "tie",
                                       "bandsman",
                                       "plant_of",
                                       "plant",
                                       "home",
                                       "court",
                                       "parliament",
                                       "hospital",
                                       "law_firm_name",
                                       "parent_company",
                                       "version"};

class Reader {
 public:
  Reader(const SentenceView& view, const RelationMatcher& matcher, const std::vector<CueHit>& hits)
      : view_(view),
        matcher_(matcher),
        hits_(hits),
        governing_(SetsOf(kGoverning)),
        adverb_(SetsOf(kAdverbs)),
        kinds_(SetsOf(kKinds)),
        kin_(SetsOf(kKin)),
        verbal_(SetsOf(kVerbal)) {}

  ClauseTopic Read(Range clause) const;

 private:
  const CueHit* HitAt(uint32_t position, uint32_t limit) const {
    for (const CueHit& hit : hits_) {
      if (hit.range.begin == position && hit.range.end <= limit && !hit.in_longer) return &hit;
      if (hit.range.begin > position) break;
    }
    return nullptr;
  }
  int32_t MentionAt(uint32_t position, uint32_t limit) const {
    for (const uint32_t index : view_.mentions()) {
      const Range range = view_.mention(index).range;
      if (range.begin == position && range.end <= limit) return static_cast<int32_t>(index);
      if (range.begin > position) break;
    }
    return -1;
  }
  bool Begins(uint32_t position, char32_t c) const { return position < view_.end() && view_.at(position) == c; }
  std::u32string_view Rest(uint32_t position, uint32_t end) const {
    return view_.analysis().text.folded(position, end);
  }
  template <size_t kSize>
  std::vector<const CueSet*> SetsOf(const std::string_view (&names)[kSize]) const {
    std::vector<const CueSet*> sets;
    for (const std::string_view name : names) sets.push_back(matcher_.book().FindSet(name));
    return sets;
  }
  bool IsOf(const CueHit& hit, const std::vector<const CueSet*>& sets) const {
    return std::any_of(sets.begin(), sets.end(), [&](const CueSet* set) { return matcher_.IsOf(hit, set); });
  }
  void Scan(ClauseTopic& topic, uint32_t from) const;
  uint32_t HeadOfRelative(Range clause, uint32_t from) const;
  bool IsGovernedOwner(uint32_t begin, uint32_t end) const;
  bool IsKindOfCompany(uint32_t begin, uint32_t end) const;
  bool IsHeldOffice(uint32_t begin, uint32_t end) const;
  uint32_t After(uint32_t mention) const { return *view_.AfterMention(mention, 1).begin(); }

  const SentenceView& view_;
  const RelationMatcher& matcher_;
  const std::vector<CueHit>& hits_;
  const std::vector<const CueSet*> governing_, adverb_, kinds_, kin_, verbal_;
};

ClauseTopic Reader::Read(Range clause) const {
  ClauseTopic topic;
  topic.clause = clause;
  Scan(topic, clause.begin);
  // 創辦星野的林安, 45歲的前執行長林安: what a relative clause tells of. Behind the first clause 收購上海的星野 has an
  // object.
  if (topic.opening.empty() && (clause.begin == view_.begin() || !topic.has_verb)) {
    const uint32_t head = HeadOfRelative(clause, clause.begin);
    if (head < clause.end) {
      ClauseTopic of_head;
      of_head.clause = clause;
      Scan(of_head, head);
      if (!of_head.opening.empty()) return of_head;
    }
  }
  return topic;
}

// Of 由柏林的: 由 governs what 柏林 owns.
bool Reader::IsGovernedOwner(uint32_t begin, uint32_t end) const {
  return std::any_of(hits_.begin(), hits_.end(), [&](const CueHit& hit) {
    if (hit.range.begin < begin || hit.range.end > end || hit.in_longer || !IsOf(hit, governing_)) return false;
    const int32_t owner = MentionAt(hit.range.end, end);
    return owner >= 0 && view_.mention(static_cast<uint32_t>(owner)).range.end == end;
  });
}

// Where the name begins that 的 and words for people stand before; the end of the clause for none.
uint32_t Reader::HeadOfRelative(Range clause, uint32_t from) const {
  for (uint32_t p = from; p + 1 < clause.end; ++p) {
    if (view_.at(p) != U'的' || p == clause.begin || IsGovernedOwner(clause.begin, p)) continue;
    for (uint32_t head = p + 1; head < clause.end && view_.WordsBetween(p + 1, head) <= kHeadWords; ++head) {
      if (view_.at(head) == U'的') break;
      const int32_t found = MentionAt(head, clause.end);
      if (found < 0) continue;
      const TextMention& mention = view_.mention(static_cast<uint32_t>(found));
      if (mention.entity < 0 || IsValueType(mention.type)) break;
      if (view_.TypeOf(mention) == EntityType::kPosition) continue;
      const uint32_t after = After(static_cast<uint32_t>(found));
      if (clause.begin > view_.begin() && after >= clause.end) return clause.end;
      return head;
    }
  }
  return clause.end;
}

void Reader::Scan(ClauseTopic& topic, uint32_t from) const {
  const Range clause = topic.clause;
  uint32_t p = from, unknown = 0;
  bool after_coverb = false, after_kind = false;
  while (p < clause.end) {
    const char32_t c = view_.at(p);
    if (IsSpaceMark(c) || IsOpeningQuote(c) || IsClosingQuote(c)) {
      ++p;
      continue;
    }
    if (const int32_t found = MentionAt(p, clause.end); found >= 0) {
      const auto index = static_cast<uint32_t>(found);
      const TextMention& mention = view_.mention(index);
      const uint32_t after = std::min(std::max(After(index), mention.range.end), clause.end);
      if (IsValueType(mention.type) || mention.entity < 0) {
        p = mention.range.end;
        continue;
      }
      if (view_.TypeOf(mention) == EntityType::kPosition) {
        // 執行長林安; 執行長表示 speaks of somebody without a name.
        after_kind = true;
        p = mention.range.end;
        continue;
      }
      if (unknown > kOpeningWords) break;
      if (after_coverb) {
        // 由柏林的拱門影業
        const bool owns = Begins(after, U'的');
        after_coverb = owns;
        p = owns ? after + 1 : after;
        continue;
      }
      topic.opening.insert(topic.opening.begin(), index);
      topic.other_acts = false;
      if (Begins(after, U'的')) {
        // 星野的執行長林安, 星野的營收: whose it is comes last.
        const uint32_t head = HeadOfRelative(clause, after);
        if (head >= clause.end) {
          topic.has_other = true;
          return;
        }
        const CueHit* kin = HitAt(after + 1, clause.end);
        if (kin != nullptr && IsOf(*kin, kin_)) topic.kin_owner = static_cast<int32_t>(index);
        unknown = 0;
        p = head;
        continue;
      }
      // 星野執行長林安, 挪威離岸風電業者Nordvind
      if (view_.TypeOf(mention) != EntityType::kPerson) {
        for (const uint32_t other : view_.mentions()) {
          const TextMention& named = view_.mention(other);
          if (named.range.begin < after || named.range.end > clause.end) continue;
          if (view_.WordsBetween(after, named.range.begin) > kTitleWords) break;
          const EntityType type = view_.TypeOf(named);
          if (named.entity < 0 || IsValueType(type) || type == EntityType::kPosition) continue;
          const bool is_titled = type == EntityType::kPerson && IsHeldOffice(after, named.range.begin);
          const bool is_company = type == EntityType::kOrg && view_.TypeOf(mention) == EntityType::kGpe &&
                                  IsKindOfCompany(after, named.range.begin);
          if (is_titled || is_company) topic.opening.insert(topic.opening.begin(), other);
          if (!is_company) break;
        }
      }
      return;
    }
    if (const uint32_t size = c == U'的' ? 0 : OtherAt(Rest(p, clause.end)); size > 0) {
      // 律師方沛基
      p += size;
      after_kind = true;
      if (MentionAt(p, clause.end) >= 0) continue;
      topic.has_other = topic.other_acts = true;
      return;
    }
    if (const CueHit* hit = c == U'的' ? nullptr : HitAt(p, clause.end); hit != nullptr) {
      p = hit->range.end;
      if (IsOf(*hit, governing_)) {
        after_coverb = true;
        continue;
      }
      if (IsOf(*hit, adverb_) || matcher_.IsMood(*hit)) {
        topic.other_acts = topic.other_acts || unknown > 1;
        continue;
      }
      if (IsOf(*hit, kinds_)) {
        topic.is_kin = topic.is_kin || (unknown == 0 && IsOf(*hit, kin_));
        after_kind = true;
        continue;
      }
      topic.has_verb = unknown == 0 && !after_kind;
      topic.has_other = !topic.has_verb;
      return;
    }
    if (const uint32_t size = unknown == 0 ? OpeningAt(Rest(p, clause.end)) : 0; size > 0) {
      p += size;
      continue;
    }
    unknown += c == U'的' ? 0 : view_.WordsBetween(p, p + 1);
    if (c == U'的') unknown = 0;
    ++p;
  }
  topic.has_other = unknown > 0 || after_kind;
}

// 離岸風電業者, 上市公司: what a name behind it is.
bool Reader::IsKindOfCompany(uint32_t begin, uint32_t end) const {
  static constexpr std::u32string_view kLast = U"者司商厂团行社队会构织业牌";
  if (begin >= end || kLast.find(view_.at(end - 1)) == std::u32string_view::npos) return begin == end;
  for (uint32_t p = begin; p < end; ++p) {
    if (const CueHit* hit = HitAt(p, end); hit != nullptr && matcher_.IsSpeech(*hit)) return false;
  }
  return true;
}

// Only titles and kinds of people between: 執行長, 發言人兼.
bool Reader::IsHeldOffice(uint32_t begin, uint32_t end) const {
  uint32_t p = begin;
  while (p < end) {
    if (const int32_t found = MentionAt(p, end);
        found >= 0 && view_.TypeOf(view_.mention(static_cast<uint32_t>(found))) == EntityType::kPosition) {
      return true;
    }
    if (const CueHit* hit = HitAt(p, end); hit != nullptr && (matcher_.IsSpeech(*hit) || IsOf(*hit, verbal_))) {
      return false;
    }
    ++p;
  }
  return true;
}

}  // namespace

std::vector<ClauseTopic> TopicsOf(const SentenceView& view, const RelationMatcher& matcher,
                                  const std::vector<CueHit>& hits) {
  std::vector<ClauseTopic> topics;
  const Reader reader(view, matcher, hits);
  for (uint32_t begin = view.begin(); begin < view.end();) {
    Range clause = view.ClauseAround(begin);
    if (clause.begin < begin) clause.begin = begin;
    if (!clause.empty()) topics.push_back(reader.Read(clause));
    begin = clause.end + 1;
  }
  return topics;
}

std::vector<uint32_t> SpokenOf(const std::vector<ClauseTopic>& topics) {
  std::vector<uint32_t> mentions;
  for (const ClauseTopic& topic : topics) mentions.insert(mentions.end(), topic.opening.begin(), topic.opening.end());
  return mentions;
}

std::vector<uint32_t> MainMentions(const TextAnalysis& analysis) {
  std::vector<uint32_t> counts(analysis.entities.size(), 0), first(analysis.entities.size(), 0);
  for (uint32_t i = static_cast<uint32_t>(analysis.mentions.size()); i-- > 0;) {
    if (analysis.mentions[i].entity < 0) continue;
    ++counts[static_cast<size_t>(analysis.mentions[i].entity)];
    first[static_cast<size_t>(analysis.mentions[i].entity)] = i;
  }
  std::vector<uint32_t> order;
  for (uint32_t entity = 0; entity < counts.size(); ++entity) {
    if (counts[entity] < 2) continue;
    order.push_back(entity);
    if (analysis.mentions[first[entity]].sentence < kLeadSentences) counts[entity] += kLeadWeight;
  }
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return counts[a] > counts[b]; });
  for (uint32_t& entity : order) entity = first[entity];
  return order;
}

int32_t CompanyOfTurn(const TextAnalysis& analysis, int32_t turn, const std::vector<int32_t>& company_of) {
  if (turn < 0) return -1;
  const int32_t speaker = analysis.turns[static_cast<size_t>(turn)].speaker;
  if (speaker >= 0 && company_of[static_cast<size_t>(speaker)] >= 0) return company_of[static_cast<size_t>(speaker)];
  int32_t only = -1;
  for (const TextTurn& one : analysis.turns) {
    const int32_t company = one.speaker < 0 ? -1 : company_of[static_cast<size_t>(one.speaker)];
    if (company < 0 || company == only) continue;
    if (only >= 0) return -1;
    only = company;
  }
  return only;
}

}  // namespace newsgraph
