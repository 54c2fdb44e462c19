#include "ingest/readers/text_encoding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>
#include <vector>

#include "ingest/document_reader.h"

namespace newsgraph {
namespace {

// Web pages say Big5 for what Hong Kong writes too, and GB2312 for all of GB18030.
constexpr const char* kBig5 = "ibm-1375_P100-2008";
constexpr const char* kGb18030 = "gb18030";

struct Label {
  std::string_view label;
  std::string_view name;
  std::string_view converter;
};
constexpr Label kLabels[] = {
    {"utf-8", "UTF-8", ""},
    {"utf8", "UTF-8", ""},
    // Whoever can read these labels byte by byte is not reading UTF-16.
    {"utf-16", "UTF-8", ""},
    {"utf-16le", "UTF-8", ""},
    {"utf-16be", "UTF-8", ""},
    {"big5", "Big5", kBig5},
    {"big5-hkscs", "Big5", kBig5},
    {"big5hkscs", "Big5", kBig5},
    {"cn-big5", "Big5", kBig5},
    {"x-x-big5", "Big5", kBig5},
    {"cp950", "Big5", kBig5},
    {"gb2312", "GB18030", kGb18030},
    {"gb_2312-80", "GB18030", kGb18030},
    {"gbk", "GB18030", kGb18030},
    {"x-gbk", "GB18030", kGb18030},
    {"cp936", "GB18030", kGb18030},
    {"gb18030", "GB18030", kGb18030},
    {"iso-8859-1", "windows-1252", "windows-1252"},
    {"iso8859-1", "windows-1252", "windows-1252"},
    {"latin1", "windows-1252", "windows-1252"},
    {"us-ascii", "windows-1252", "windows-1252"},
    {"ascii", "windows-1252", "windows-1252"},
    {"windows-1252", "windows-1252", "windows-1252"},
};

// Of inputs whose encoding somebody knows.
constexpr Label kGivenNames[] = {
    {"utf-8", "UTF-8", ""},
    {"utf-16", "UTF-16", "UTF-16LE"},  // by its mark, where it has one
    {"utf-16le", "UTF-16", "UTF-16LE"},
    {"utf-16be", "UTF-16", "UTF-16BE"},
    {"big5", "Big5", kBig5},
    {"gb18030", "GB18030", kGb18030},
    {"gbk", "GB18030", kGb18030},
    {"gb2312", "GB18030", kGb18030},
    {"windows-1252", "windows-1252", "windows-1252"},
    {"iso-8859-1", "windows-1252", "windows-1252"},
    {"shift_jis", "Shift_JIS", "Shift_JIS"},
    {"euc-jp", "EUC-JP", "EUC-JP"},
    {"euc-kr", "EUC-KR", "EUC-KR"},
};

// How many sequences of several bytes are UTF-8, and how many bytes are not.
struct Utf8Evidence {
  size_t good = 0, bad = 0, nul = 0;
};

Utf8Evidence CountUtf8(std::string_view bytes) {
  Utf8Evidence evidence;
  for (size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) {
      evidence.nul += lead == 0;
      ++i;
      continue;
    }
    const size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    size_t k = 1;
    while (k < length && i + k < bytes.size() && (static_cast<unsigned char>(bytes[i + k]) & 0xC0) == 0x80) ++k;
    if (lead >= 0xF5 || length == 0) {
      ++evidence.bad;
      ++i;
    } else if (k == length) {
      ++evidence.good;
      i += length;
    } else if (i + k == bytes.size()) {
      break;  // the sample ends inside it
    } else {
      ++evidence.bad;
      i += k;
    }
  }
  return evidence;
}

// How much of the sample would be written as news is, if it were UTF-16.
double ShareOfPlainUtf16(std::string_view bytes, bool little_endian) {
  size_t plain = 0;
  const size_t units = bytes.size() / 2;
  for (size_t i = 0; i < units; ++i) {
    const auto first = static_cast<unsigned char>(bytes[2 * i]);
    const auto second = static_cast<unsigned char>(bytes[2 * i + 1]);
    const unsigned unit = little_endian ? first | second << 8 : second | first << 8;
    plain += (unit >= 0x20 && unit < 0x7F) || unit == '\n' || unit == '\r' || unit == '\t' ||
             (unit >= 0x3000 && unit < 0x3100) || (unit >= 0x4E00 && unit < 0xA000) ||
             (unit >= 0xFF00 && unit < 0xFFF0);
  }
  return units == 0 ? 0 : static_cast<double>(plain) / static_cast<double>(units);
}

std::string_view DeclaredLabel(std::string_view beginning) {
  constexpr size_t kSearched = 4096;
  constexpr std::string_view kXmlWord = "encoding";
  constexpr std::string_view kMetaWord = "charset";
  beginning = beginning.substr(0, kSearched);
  std::string lower(beginning);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  size_t at = std::string::npos;
  if (lower.starts_with("<?xml")) {
    const size_t end = lower.find("?>");
    at = lower.find(kXmlWord);
    at = at < end ? at + kXmlWord.size() : std::string::npos;
  }
  for (size_t meta = 0; at == std::string::npos && (meta = lower.find("<meta", meta)) != std::string::npos; ++meta) {
    const size_t end = lower.find('>', meta);
    const size_t word = lower.find(kMetaWord, meta);
    if (word < end) at = word + kMetaWord.size();
  }
  if (at == std::string::npos) return {};
  const size_t begin = lower.find_first_not_of(" =\"'", at);
  if (begin == std::string::npos) return {};
  return beginning.substr(begin, lower.find_first_of(" \"'/?>;", begin) - begin);
}

bool FindLabel(std::string_view label, TextEncoding& encoding) {
  std::string lower(label);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto* const known =
      std::find_if(std::begin(kLabels), std::end(kLabels), [&](const Label& row) { return row.label == lower; });
  if (known != std::end(kLabels)) {
    encoding.name = known->name;
    encoding.converter = known->converter;
    return true;
  }
  // ICU passes over what it does not know in a name.
  if (!std::all_of(lower.begin(), lower.end(),
                   [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-' || c == '_'); })) {
    return false;
  }
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(lower.c_str(), &error);
  if (U_FAILURE(error) || lower.empty()) {
    ucnv_close(converter);
    return false;
  }
  ucnv_close(converter);
  encoding.name = std::string(label);
  encoding.converter = lower;
  return true;
}

// How unlike news the sample looks when it is decoded so: the lower the likelier.
double Strangeness(std::string_view bytes, const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(name, &error);
  std::vector<UChar> units(bytes.size() + 1);
  UChar* to = units.data();
  const char* from = bytes.data();
  ucnv_toUnicode(converter, &to, units.data() + units.size(), &from, bytes.data() + bytes.size(), nullptr, false,
                 &error);
  ucnv_close(converter);
  double strange = 0, all = 1;
  for (const UChar* unit = units.data(); unit < to; ++unit) {
    if (*unit < 0x80) continue;
    ++all;
    if (*unit == 0xFFFD) {
      strange += 5;
    } else if (*unit >= 0xE000 && *unit < 0xF900) {
      strange += 2;
    } else if (*unit == 0x3002 || *unit == 0x3001 || *unit == 0xFF0C || *unit == 0x300C || *unit == 0x300D) {
      strange -= 1;
    } else if (*unit < 0x4E00 && *unit >= 0x0100 && !(*unit >= 0x2000 && *unit < 0x2100) &&
               !(*unit >= 0x3000 && *unit < 0x3100)) {
      strange += 1;
    }
  }
  return strange / all;
}

// Big5, GB18030 or neither, by ICU's statistics, which need some length to be sure.
bool DetectChinese(std::string_view bytes, TextEncoding& encoding) {
  constexpr int kSure = 15;
  UErrorCode error = U_ZERO_ERROR;
  UCharsetDetector* const detector = ucsdet_open(&error);
  ucsdet_setText(detector, bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  int32_t count = 0;
  const UCharsetMatch** const matches = ucsdet_detectAll(detector, &count, &error);
  int big5 = 0, gb = 0;
  for (int32_t i = 0; U_SUCCESS(error) && i < count; ++i) {
    const std::string_view name = ucsdet_getName(matches[i], &error);
    const int confidence = ucsdet_getConfidence(matches[i], &error);
    if (name == "Big5") big5 = confidence;
    if (name == "GB18030") gb = confidence;
  }
  ucsdet_close(detector);
  bool is_big5 = big5 > gb;
  if (std::abs(big5 - gb) < kSure) {
    const double strange_big5 = Strangeness(bytes, kBig5), strange_gb = Strangeness(bytes, kGb18030);
    constexpr double kTooStrange = 0.5;
    if (std::min(strange_big5, strange_gb) > kTooStrange) return false;
    is_big5 = strange_big5 < strange_gb;
  }
  encoding.name = is_big5 ? "Big5" : "GB18030";
  encoding.converter = is_big5 ? kBig5 : kGb18030;
  return true;
}

class DecodingSource : public ByteSource {
 public:
  DecodingSource(std::unique_ptr<BufferedSource> source, const TextEncoding& encoding)
      : source_(std::move(source)),
        name_(encoding.name),
        whence_(encoding.is_given      ? "is read as"
                : encoding.is_declared ? "says it is"
                                       : "looks like"),
        taken_(encoding.mark_bytes) {
    UErrorCode error = U_ZERO_ERROR;
    from_ = ucnv_open(encoding.converter.c_str(), &error);
    to_ = ucnv_open("UTF-8", &error);
    ucnv_setToUCallBack(from_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    ready_ = U_SUCCESS(error);
  }
  ~DecodingSource() override {
    ucnv_close(from_);
    ucnv_close(to_);
  }
  DecodingSource(const DecodingSource&) = delete;
  DecodingSource& operator=(const DecodingSource&) = delete;

  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    if (!ready_) return absl::InternalError(fmt::format("no converter for {}", name_));
    if (!fault_.ok()) return fault_;
    while (true) {
      if (next_ == end_ && !at_end_) {
        const absl::StatusOr<size_t> read = source_->Read(piece_.data(), piece_.size());
        if (!read.ok()) return read.status();
        taken_ += *read;
        next_ = piece_.data();
        end_ = piece_.data() + *read;
        at_end_ = *read == 0;
      }
      char* target = to;
      const char* next = next_;
      UErrorCode error = U_ZERO_ERROR;
      ucnv_convertEx(to_, from_, &target, to + size, &next, end_, pivot_.data(), &pivot_source_, &pivot_target_,
                     pivot_.data() + pivot_.size(), first_, at_end_, &error);
      if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error)) {
        // What was good before the fault is still between the two converters.
        UErrorCode ignored = U_ZERO_ERROR;
        const UChar* pivot = pivot_source_;
        ucnv_fromUnicode(to_, &target, to + size, &pivot, pivot_target_, nullptr, false, &ignored);
        pivot_source_ = pivot_target_;
      }
      first_ = false;
      next_ = next;
      const size_t count = static_cast<size_t>(target - to);
      for (size_t i = 0; i < count; ++i) {
        if (to[i] == '\n') {
          ++line_;
          column_ = 1;
        } else if ((static_cast<unsigned char>(to[i]) & 0xC0) != 0x80) {
          ++column_;
        }
      }
      if (error != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(error)) fault_ = Fault();
      // What was decoded before the fault is given before it.
      if (count > 0) return count;
      if (!fault_.ok()) return fault_;
      if (at_end_) return size_t{0};
    }
  }

 private:
  absl::Status Fault() const {
    std::array<char, 16> bad{};
    auto length = static_cast<int8_t>(bad.size());
    UErrorCode error = U_ZERO_ERROR;
    ucnv_getInvalidChars(from_, bad.data(), &length, &error);
    std::string bytes;
    for (int8_t i = 0; i < length; ++i) bytes += fmt::format(" 0x{:02x}", static_cast<unsigned char>(bad[i]));
    const uint64_t read = taken_ - static_cast<uint64_t>(end_ - next_);
    const uint64_t at = read - std::min<uint64_t>(read, static_cast<uint64_t>(length));
    return absl::InvalidArgumentError(fmt::format(
        "not {}, which the file {}:{} at byte {} (line {}, column {}); mend the bytes or convert the file to UTF-8",
        name_, whence_, bytes, at, line_, column_));
  }

  std::unique_ptr<BufferedSource> source_;
  std::string name_;
  const char* whence_;
  UConverter* from_ = nullptr;
  UConverter* to_ = nullptr;
  bool ready_ = false, first_ = true, at_end_ = false;
  std::array<char, 16 << 10> piece_;
  const char* next_ = nullptr;
  const char* end_ = nullptr;
  std::array<UChar, 4 << 10> pivot_;
  UChar* pivot_source_ = pivot_.data();
  UChar* pivot_target_ = pivot_.data();
  uint64_t taken_, line_ = 1, column_ = 1;
  absl::Status fault_;
};

}  // namespace

TextEncoding DetectTextEncoding(std::string_view beginning) {
  using namespace std::string_view_literals;
  beginning = beginning.substr(0, kEncodingSampleBytes);
  if (beginning.starts_with("\xEF\xBB\xBF")) return {"UTF-8", "", 3, true};
  if (beginning.starts_with("\xFF\xFE\0\0"sv)) return {"UTF-32", "UTF-32LE", 4, true};
  if (beginning.starts_with("\xFF\xFE")) return {"UTF-16", "UTF-16LE", 2, true};
  if (beginning.starts_with("\xFE\xFF")) return {"UTF-16", "UTF-16BE", 2, true};
  const Utf8Evidence utf8 = CountUtf8(beginning);
  constexpr size_t kFewUnits = 16;
  if (beginning.size() >= 2 * kFewUnits && (utf8.bad > utf8.good || utf8.nul * 10 > beginning.size())) {
    constexpr double kNearlyAll = 0.97;
    const double little = ShareOfPlainUtf16(beginning, true), big = ShareOfPlainUtf16(beginning, false);
    if (std::max(little, big) > kNearlyAll) {
      return {"UTF-16", little > big ? "UTF-16LE" : "UTF-16BE", 0, false};
    }
  }
  // Hardly any text of another encoding happens to be UTF-8.
  constexpr size_t kNoAccident = 8;
  if (utf8.bad == 0 && utf8.good >= kNoAccident) return {"UTF-8", "", 0, false};
  TextEncoding encoding{"UTF-8", "", 0, false};
  if (FindLabel(DeclaredLabel(beginning), encoding)) {
    encoding.is_declared = true;
    return encoding;
  }
  if (utf8.bad > utf8.good) DetectChinese(beginning, encoding);
  return encoding;
}

std::vector<std::string_view> KnownEncodings() {
  std::vector<std::string_view> names;
  for (const Label& row : kGivenNames) names.push_back(row.label);
  return names;
}

absl::StatusOr<TextEncoding> GivenTextEncoding(std::string_view name, std::string_view beginning) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto* const known = std::find_if(std::begin(kGivenNames), std::end(kGivenNames),
                                         [&](const Label& row) { return row.label == lower; });
  if (known == std::end(kGivenNames)) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is no encoding that is known; use {}", name, fmt::join(KnownEncodings(), ", ")));
  }
  TextEncoding encoding{std::string(known->name), std::string(known->converter), 0, false, true};
  const TextEncoding told = DetectTextEncoding(beginning);
  if (told.mark_bytes > 0 && told.name == encoding.name) {
    encoding.mark_bytes = told.mark_bytes;
    if (lower == "utf-16") encoding.converter = told.converter;
  }
  return encoding;
}

std::unique_ptr<ByteSource> MakeDecodingSource(std::unique_ptr<BufferedSource> source, const TextEncoding& encoding) {
  std::string mark(encoding.mark_bytes, '\0');
  size_t skipped = 0;
  while (skipped < mark.size()) {
    const absl::StatusOr<size_t> read = source->Read(mark.data() + skipped, mark.size() - skipped);
    if (!read.ok() || *read == 0) break;
    skipped += *read;
  }
  if (encoding.converter.empty()) return MakeSource(std::move(source));
  return std::make_unique<DecodingSource>(std::move(source), encoding);
}

}  // namespace newsgraph
