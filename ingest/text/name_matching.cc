#include "ingest/text/name_matching.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ingest/text/code_points.h"

namespace newsgraph {
namespace {

constexpr size_t kLongestCompared = 40;

}  // namespace

std::vector<std::u32string_view> NameParts(std::u32string_view name) {
  std::vector<std::u32string_view> parts;
  size_t begin = 0;
  for (size_t i = 0; i <= name.size(); ++i) {
    if (i < name.size() && name[i] != U' ' && !IsMiddleDot(name[i])) continue;
    if (i > begin) parts.push_back(name.substr(begin, i - begin));
    begin = i + 1;
  }
  return parts;
}

int EditDistance(std::u32string_view a, std::u32string_view b, int most) {
  if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > most) return most + 1;
  if (a.size() > kLongestCompared || b.size() > kLongestCompared) return a == b ? 0 : most + 1;
  // Optimal string alignment (Damerau 1964), three rows.
  std::array<std::array<int, kLongestCompared + 1>, 3> rows;
  int *before = rows[0].data(), *last = rows[1].data(), *row = rows[2].data();
  for (size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], most + 1);
}

bool IsMisspelling(std::u32string_view a, std::u32string_view b) {
  return IsMisspelling(PartedName{a, NameParts(a)}, PartedName{b, NameParts(b)});
}

bool IsMisspelling(const PartedName& a, const PartedName& b) {
  const std::vector<std::u32string_view>&left = a.parts, &right = b.parts;
  if (left.empty() || left.size() != right.size() || IsHan(a.name[0]) != IsHan(b.name[0])) return false;
  size_t differing = 0;
  std::u32string_view x, y;
  for (size_t i = 0; i < left.size(); ++i) {
    if (left[i] == right[i]) continue;
    ++differing;
    x = left[i];
    y = right[i];
  }
  if (differing != 1 || EditDistance(x, y, 1) != 1) return false;
  const size_t shorter = std::min(x.size(), y.size()), longer = std::max(x.size(), y.size());
  if (IsHan(a.name[0])) {
    // A different given name before the same surname is a different person.
    if (left.size() > 1 && left.back() == right.back()) return longer >= 4 && shorter >= 3;
    return shorter >= 4 || (left.size() > 1 && shorter >= 3);
  }
  // Emliy for Emily: letters swapped. One letter changed may be another name (Maria, Marie), unless the word is long.
  const bool swapped = x.size() == y.size() && std::is_permutation(x.begin(), x.end(), y.begin());
  if (swapped) return shorter >= 4;
  return shorter >= 7;
}

}  // namespace newsgraph
