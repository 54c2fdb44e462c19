// gumbo frees its trees by recursion, asks no limit of what it allocates and walks the
// open elements for every tag. So its nodes live in an arena that is dropped as a whole and
// that breaks the parse off (by longjmp, which C code allows) when memory or time is spent;
// pages that nest without end are refused before it sees them.

#include "ingest/readers/html_tree.h"

#include <fmt/format.h>
#include <gumbo.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace newsgraph {
namespace {

constexpr size_t kMaxTreeBytes = size_t{512} << 20;
// Pages nest some dozens deep. Browsers stop at 512.
constexpr int32_t kMaxOpen = 2000;
// A page of 32 MB takes about two.
constexpr int64_t kMaxParseSeconds = 20;

// What may stay open, or never opens anything.
constexpr std::string_view kNeverOpen[] = {
    "area",  "base",  "basefont", "bgsound", "body", "br",    "col", "colgroup", "dd",     "dt",
    "embed", "frame", "head",     "hr",      "html", "image", "img", "input",    "keygen", "li",
    "link",  "meta",  "optgroup", "option",  "p",    "param", "rp",  "rt",       "source", "tbody",
    "td",    "tfoot", "th",       "thead",   "tr",   "track", "wbr"};
constexpr std::string_view kRawText[] = {"script", "style",   "textarea", "title",   "xmp",
                                         "iframe", "noembed", "noframes", "noscript"};

template <size_t size>
bool IsAmong(const std::string_view (&words)[size], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// How many elements stand open at once, at most, by name; stops counting past kMaxOpen.
// Less exact than the parser, in time that grows with the page alone.
int32_t CountOpen(std::string_view html) {
  std::unordered_map<std::string, int32_t> open;
  int32_t total = 0, most = 0;
  size_t at = 0;
  while (most <= kMaxOpen && (at = html.find('<', at)) != std::string_view::npos) {
    ++at;
    if (html.substr(at).starts_with("!--")) {
      at = std::min(html.find("-->", at), html.size());
      continue;
    }
    const bool closes = at < html.size() && html[at] == '/';
    const size_t begin = at + (closes ? 1 : 0);
    size_t end = begin;
    while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end]))) ++end;
    if (end == begin) continue;
    std::string name(html.substr(begin, end - begin));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    at = end;
    if (IsAmong(kNeverOpen, name)) continue;
    if (closes) {
      const auto found = open.find(name);
      if (found != open.end() && found->second > 0) {
        --found->second;
        --total;
      }
      continue;
    }
    if (IsAmong(kRawText, name)) {
      // Its text is none of tags. What is never closed takes the rest.
      while ((at = html.find("</", at)) != std::string_view::npos) {
        const std::string_view there = html.substr(at + 2, name.size());
        if (std::equal(there.begin(), there.end(), name.begin(), name.end(),
                       [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; })) {
          break;
        }
        ++at;
      }
      if (at == std::string_view::npos) break;
      continue;
    }
    const size_t tag_end = html.find('>', end);
    if (tag_end != std::string_view::npos && html[tag_end - 1] == '/' && (open["svg"] > 0 || open["math"] > 0))
      continue;
    ++open[name];
    most = std::max(most, ++total);
  }
  return most;
}

int64_t ThreadSeconds() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec;
}

}  // namespace

// Memory in blocks; what is freed is kept by size for the next of that size.
class HtmlTree::Arena {
 public:
  Arena() = default;
  ~Arena() {
    for (void* block : blocks_) std::free(block);
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Null when memory or time is spent.
  GumboOutput* Parse(std::string_view html) {
    started_ = ThreadSeconds();
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, size_t size) { return static_cast<Arena*>(arena)->Allocate(size); };
    options.deallocator = [](void* arena, void* pointer) { static_cast<Arena*>(arena)->Free(pointer); };
    options.userdata = this;
    options.max_errors = 0;
    // No object with a destructor lives between here and the jump.
    if (setjmp(spent_) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size());
  }

 private:
  struct Header {
    size_t size_class;
    Header* next;
  };
  static constexpr size_t kHeaderBytes = 16;
  static_assert(sizeof(Header) <= kHeaderBytes);
  static constexpr size_t kBlockBytes = 1 << 20;

  void* Allocate(size_t size) {
    if ((++allocations_ & 0xFFF) == 0 && ThreadSeconds() - started_ > kMaxParseSeconds) std::longjmp(spent_, 1);
    const size_t size_class = static_cast<size_t>(std::bit_width(std::max<size_t>(size, 16) - 1));
    if (size_class >= free_.size()) std::longjmp(spent_, 1);
    Header* header = free_[size_class];
    if (header != nullptr) {
      free_[size_class] = header->next;
    } else {
      header = static_cast<Header*>(Take(kHeaderBytes + (size_t{1} << size_class)));
    }
    header->size_class = size_class;
    return reinterpret_cast<char*>(header) + kHeaderBytes;
  }

  void Free(void* pointer) {
    if (pointer == nullptr) return;
    auto* const header = reinterpret_cast<Header*>(static_cast<char*>(pointer) - kHeaderBytes);
    header->next = free_[header->size_class];
    free_[header->size_class] = header;
  }

  void* Take(size_t size) {
    if (size > left_) {
      const size_t block = std::max(size, kBlockBytes);
      if (taken_blocks_ == kMaxBlocks || taken_ + block > kMaxTreeBytes) std::longjmp(spent_, 1);
      void* const memory = std::malloc(block);
      if (memory == nullptr) std::longjmp(spent_, 1);
      blocks_[taken_blocks_++] = memory;
      taken_ += block;
      next_ = static_cast<char*>(memory);
      left_ = block;
    }
    void* const result = next_;
    next_ += size;
    left_ -= size;
    return result;
  }

  static constexpr size_t kMaxBlocks = kMaxTreeBytes / kBlockBytes + 1;
  std::array<void*, kMaxBlocks> blocks_{};
  std::array<Header*, 30> free_{};
  size_t taken_blocks_ = 0, taken_ = 0, left_ = 0;
  char* next_ = nullptr;
  uint64_t allocations_ = 0;
  int64_t started_ = 0;
  std::jmp_buf spent_;
};

HtmlTree::HtmlTree() : arena_(std::make_unique<Arena>()) {}
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

absl::StatusOr<HtmlTree> HtmlTree::Parse(std::string_view html) {
  if (CountOpen(html) > kMaxOpen) {
    return absl::InvalidArgumentError(fmt::format(
        "more than {} elements stand open one in another; close them or save the article's part alone", kMaxOpen));
  }
  HtmlTree tree;
  const GumboOutput* const output = tree.arena_->Parse(html);
  if (output == nullptr) {
    return absl::InvalidArgumentError(
        fmt::format("takes more than {} MB or {} seconds to take apart; save the article's part of the page alone",
                    kMaxTreeBytes >> 20, kMaxParseSeconds));
  }
  struct Pending {
    const GumboNode* node;
    int32_t parent;
    unsigned next_child;
    int32_t index;
  };
  std::vector<Pending> open;
  const auto enter = [&](const GumboNode* node, int32_t parent) {
    const auto index = static_cast<int32_t>(tree.nodes_.size());
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      const GumboElement& element = node->v.element;
      std::string_view tag = gumbo_normalized_tagname(element.tag);
      if (element.tag == GUMBO_TAG_UNKNOWN) {
        GumboStringPiece name = element.original_tag;
        gumbo_tag_from_original_text(&name);
        tag = name.data != nullptr && name.length > 0 ? std::string_view(name.data, name.length) : "unknown";
      }
      tree.nodes_.push_back({.tag = tag, .attributes = &element.attributes, .parent = parent, .end = index + 1});
      open.push_back({node, parent, 0, index});
    } else if (node->type != GUMBO_NODE_COMMENT && node->type != GUMBO_NODE_DOCUMENT) {
      tree.nodes_.push_back({.text = node->v.text.text, .parent = parent, .end = index + 1});
    }
  };
  enter(output->root, -1);
  while (!open.empty()) {
    Pending& top = open.back();
    const GumboVector& children = top.node->v.element.children;
    if (top.next_child == children.length) {
      tree.nodes_[static_cast<size_t>(top.index)].end = static_cast<int32_t>(tree.nodes_.size());
      open.pop_back();
      continue;
    }
    const int32_t parent = top.index;
    const auto* const child = static_cast<const GumboNode*>(children.data[top.next_child++]);
    enter(child, parent);
  }
  return tree;
}

const char* HtmlTree::FindAttribute(const HtmlNode& node, const char* name) const {
  if (node.attributes == nullptr) return nullptr;
  const GumboAttribute* const found = gumbo_get_attribute(static_cast<const GumboVector*>(node.attributes), name);
  return found == nullptr ? nullptr : found->value;
}

std::string_view HtmlTree::Attribute(const HtmlNode& node, const char* name) const {
  const char* const found = FindAttribute(node, name);
  return found == nullptr ? std::string_view() : std::string_view(found);
}

bool HtmlTree::HasAttributeThatBegins(const HtmlNode& node, std::string_view beginning) const {
  if (node.attributes == nullptr) return false;
  const auto* const all = static_cast<const GumboVector*>(node.attributes);
  for (unsigned i = 0; i < all->length; ++i) {
    if (std::string_view(static_cast<const GumboAttribute*>(all->data[i])->name).starts_with(beginning)) return true;
  }
  return false;
}

std::string HtmlTree::TextOf(int32_t node) const {
  std::string text;
  for (int32_t i = node; i < nodes_[static_cast<size_t>(node)].end; ++i) text += nodes_[static_cast<size_t>(i)].text;
  return text;
}

std::string JoinWhiteSpace(std::string_view text) {
  const auto is_space = [](UChar32 c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; };
  const auto is_wide = [](UChar32 c) {
    const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return (width == U_EA_WIDE || width == U_EA_FULLWIDTH) && u_getIntPropertyValue(c, UCHAR_SCRIPT) != USCRIPT_HANGUL;
  };
  std::string joined;
  const auto length = static_cast<int32_t>(text.size());
  bool space = false, line_break = false;
  UChar32 before = 0;
  for (int32_t i = 0; i < length;) {
    const int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    // What is drawn as nothing: the zero-width space and the byte order mark.
    if (c == 0x200B || c == 0xFEFF) continue;
    if (is_space(c)) {
      space = true;
      line_break = line_break || c == '\n' || c == '\r';
      continue;
    }
    if (joined.empty() && (c == 0x3000 || c == 0xA0)) continue;
    if (space && !joined.empty() && !(line_break && is_wide(before) && is_wide(c))) joined += ' ';
    space = line_break = false;
    joined.append(text, static_cast<size_t>(begin), static_cast<size_t>(i - begin));
    before = c;
  }
  while (true) {
    if (joined.ends_with("\u3000")) {
      joined.resize(joined.size() - 3);
    } else if (joined.ends_with("\u00A0")) {
      joined.resize(joined.size() - 2);
    } else if (joined.ends_with(' ')) {
      joined.pop_back();
    } else {
      return joined;
    }
  }
}

}  // namespace newsgraph
