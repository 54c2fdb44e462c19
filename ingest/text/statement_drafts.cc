#include "ingest/text/statement_drafts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "ingest/text/factuality.h"
#include "ingest/text/statement_dates.h"

namespace newsgraph {
namespace {

// What stands around words and says nothing.
bool IsEdgeMark(const SentenceView& view, uint32_t position) {
  return view.IsBreak(position) || IsSpaceMark(view.at(position)) || IsOpeningQuote(view.at(position)) ||
         IsClosingQuote(view.at(position)) || view.at(position) == U'.';
}

}  // namespace

void Select(std::vector<Draft>& drafts) {
  std::stable_sort(drafts.begin(), drafts.end(),
                   [](const Draft& a, const Draft& b) { return a.statement.confidence > b.statement.confidence; });
  std::vector<Draft> kept;
  for (Draft& draft : drafts) {
    const TextStatement& one = draft.statement;
    const bool taken = std::any_of(kept.begin(), kept.end(), [&](const Draft& other_draft) {
      const TextStatement& other = other_draft.statement;
      if (one.predicate != other.predicate || !one.evidence.Overlaps(other.evidence)) return false;
      if (one.subject == other.subject && one.object == other.object && !one.literal && !other.literal) return true;
      if (one.subject == other.subject && one.literal && other.literal &&
          one.literal_range.Overlaps(other.literal_range)) {
        return true;
      }
      return draft.match != other_draft.match && !draft.rule->beside && !other_draft.rule->beside &&
             one.cue_range.Overlaps(other.cue_range);
    });
    if (!taken) kept.push_back(std::move(draft));
  }
  drafts = std::move(kept);
}

void Yield(std::vector<Draft>& drafts) {
  const auto is_read_otherwise = [&](const Draft& weak) {
    return weak.rule->yields && std::any_of(drafts.begin(), drafts.end(), [&](const Draft& other) {
             if (&other == &weak || other.rule->yields || other.rule->fixed) return false;
             // In somebody's words, which are read as such.
             if (other.statement.literal_range.Contains(weak.statement.cue_range)) return true;
             return !other.rule->speech && weak.statement.literal_range.Contains(other.statement.cue_range);
           });
  };
  std::vector<Draft> kept;
  for (Draft& draft : drafts) {
    if (!is_read_otherwise(draft)) kept.push_back(draft);
  }
  drafts = std::move(kept);
}

std::vector<Draft> TakeLooseFigures(std::vector<Draft>& drafts) {
  const auto figures = std::stable_partition(drafts.begin(), drafts.end(), [](const Draft& draft) {
    return draft.statement.predicate != "has_figure" || !draft.statement.literal;
  });
  std::vector<Draft> taken(std::make_move_iterator(figures), std::make_move_iterator(drafts.end()));
  drafts.erase(figures, drafts.end());
  return taken;
}

void PutUnreadFigures(const std::vector<Draft>& figures, std::vector<Draft>& drafts) {
  const size_t read = drafts.size();
  for (const Draft& figure : figures) {
    const bool is_read =
        std::any_of(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(read), [&](const Draft& other) {
          return other.statement.literal && other.statement.literal_range == figure.statement.literal_range;
        });
    if (!is_read) drafts.push_back(figure);
  }
}

void AddQualifier(TextStatement& statement, std::string name, std::string text, std::string value, int32_t entity) {
  statement.qualifiers.push_back({std::move(name), std::move(text), std::move(value), {}});
  statement.qualifier_entities.push_back(entity);
}

void AddTimeOf(const SentenceView& view, const TextMention& date, TextStatement& statement) {
  const std::string value = date.value ? date.value->value : std::string();
  // 上週: all of it, which began on that Monday.
  const std::string week = date.subtype == "week" ? WeekOf(value) : std::string();
  AddQualifier(statement, "time", view.analysis().text.Surface(date.range.begin, date.range.end),
               week.empty() ? value : week, -1);
  ValidTime time = ValidTimeOf(value);
  statement.valid_from = std::move(time.from);
  statement.valid_to = std::move(time.to);
  statement.precision = time.precision;
}

float WeightOf(MentionForm form) {
  constexpr float kPronounWeight = 0.85F, kNominalWeight = 0.9F;
  if (form == MentionForm::kPronoun) return kPronounWeight;
  return form == MentionForm::kNominal ? kNominalWeight : 1;
}

std::vector<Range> TakenValues(const SentenceView& view, const std::vector<Draft>& drafts) {
  std::vector<Range> taken;
  for (const Draft& draft : drafts) {
    const TextStatement& statement = draft.statement;
    if (statement.literal && IsValueType(ParseEntityType(statement.literal->type).value_or(EntityType::kUnknown))) {
      taken.push_back(statement.literal_range);
    }
    for (const Qualifier& qualifier : statement.qualifiers) {
      if (qualifier.name != "value") continue;
      for (const uint32_t index : view.mentions()) {
        const Range range = view.mention(index).range;
        if (view.analysis().text.Surface(range.begin, range.end) == qualifier.text) taken.push_back(range);
      }
    }
  }
  return taken;
}

Range WithoutMarks(const SentenceView& view, Range claim) {
  const auto opens = [](char32_t c) { return c == U'「' || c == U'『' || c == U'“' || c == U'"'; };
  const auto ends = [](char32_t c) { return c == U',' || c == U'、' || c == U';'; };
  while (claim.size() > 1 && ends(view.at(claim.end - 1))) --claim.end;
  if (claim.size() > 2 && opens(view.at(claim.begin)) && IsClosingQuote(view.at(claim.end - 1))) {
    const auto inside = [&](const auto& is_mark) {
      for (uint32_t i = claim.begin + 1; i + 1 < claim.end; ++i) {
        if (is_mark(view.at(i))) return true;
      }
      return false;
    };
    // 「…」和「…」 is not one quotation.
    if (!inside(opens)) claim = {claim.begin + 1, claim.end - 1};
  }
  // 他說「沒有接觸,也不打算賣」: of a quotation that is cut the mark goes.
  const auto holds = [&](const auto& is_mark) {
    for (uint32_t p = claim.begin; p < claim.end; ++p) {
      if (is_mark(view.at(p))) return true;
    }
    return false;
  };
  if (claim.size() > 1 && IsClosingQuote(view.at(claim.end - 1)) && view.at(claim.end - 1) != U'"' &&
      !holds(IsOpeningQuote)) {
    --claim.end;
  }
  if (claim.size() > 1 && opens(view.at(claim.begin)) && view.at(claim.begin) != U'"' && !holds(IsClosingQuote)) {
    ++claim.begin;
  }
  while (claim.size() > 1 && ends(view.at(claim.end - 1))) --claim.end;
  return claim;
}

Range WithoutEdgeMarks(const SentenceView& view, Range part) {
  const auto others = [&](uint32_t from, uint32_t to, bool (*is_mark)(char32_t)) {
    for (uint32_t p = from; p < to; ++p) {
      if (is_mark(view.at(p))) return true;
    }
    return false;
  };
  while (part.begin < part.end && IsEdgeMark(view, part.begin) &&
         !(IsOpeningQuote(view.at(part.begin)) && view.at(part.begin) != U'"' &&
           others(part.begin + 1, part.end - 1, IsClosingQuote))) {
    ++part.begin;
  }
  while (part.end > part.begin && IsEdgeMark(view, part.end - 1) &&
         !(IsClosingQuote(view.at(part.end - 1)) && view.at(part.end - 1) != U'"' &&
           others(part.begin, part.end - 1, IsOpeningQuote))) {
    --part.end;
  }
  return part;
}

bool IsQuoted(const SentenceView& view, Range range) {
  const FoldedText& text = view.analysis().text;
  return (range.begin > 0 && IsOpeningQuote(text[range.begin - 1])) || IsOpeningQuote(text[range.begin]);
}

const TextMention* ForecastAmount(const SentenceView& view, Range range) {
  const TextMention* found = nullptr;
  for (const uint32_t index : view.mentions()) {
    const TextMention& mention = view.mention(index);
    const bool is_amount = mention.type == EntityType::kMoney || mention.type == EntityType::kPercent ||
                           mention.type == EntityType::kQuantity;
    if (!is_amount || !mention.value || !range.Contains(mention.range)) continue;
    const std::string& unit = mention.value->unit;
    if (unit == "year" || unit == "month" || unit == "week" || unit == "day" || unit == "hour") continue;
    if (found != nullptr) return nullptr;
    found = &mention;
  }
  // 明年將有三成工廠停工 and 廠房啟用後,每年可省三億 say more than the amount.
  const bool is_all =
      found != nullptr && found->type == EntityType::kMoney && view.BreaksBetween(range.begin, range.end) == 0;
  return is_all ? found : nullptr;
}

}  // namespace newsgraph
