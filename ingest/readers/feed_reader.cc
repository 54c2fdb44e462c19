// RSS 2.0, RSS 1.0 and Atom: an item is a document. The only code that sees libxml2.

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "graph/status.h"
#include "ingest/readers/byline.h"
#include "ingest/readers/declared_language.h"
#include "ingest/readers/feed_scanner.h"
#include "ingest/readers/format_reader.h"
#include "ingest/readers/html_tree.h"
#include "ingest/readers/main_text.h"
#include "ingest/readers/page_metadata.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

// An item may write a byte of text as six ("&#233;"), twice (summary and content).
constexpr uint64_t kLongestItem = 8;

// Name spaces by the prefix that they are called by here, whatever the feed calls them.
struct NameSpace {
  std::string_view uri;
  std::string_view prefix;
};
constexpr NameSpace kNameSpaces[] = {
    {"http://purl.org/rss/1.0/modules/content/", "content:"},
    {"http://purl.org/dc/elements/1.1/", "dc:"},
    {"http://purl.org/dc/terms/", "dcterms:"},
    {"http://www.w3.org/1999/xhtml", "xhtml:"},
    {"http://www.w3.org/2005/Atom", ""},
    {"http://purl.org/rss/1.0/", ""},
    {"http://search.yahoo.com/mrss/", "media:"},
};
// Feeds that forget to declare them.
constexpr std::string_view kUsualNameSpaces =
    " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";

using XmlDocument = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string NameOf(const xmlNode* node) {
  std::string_view prefix;
  std::string own;
  if (node->ns != nullptr) {
    const auto* const known = std::find_if(std::begin(kNameSpaces), std::end(kNameSpaces),
                                           [&](const NameSpace& row) { return row.uri == View(node->ns->href); });
    if (known != std::end(kNameSpaces)) {
      prefix = known->prefix;
    } else if (node->ns->prefix != nullptr) {
      own = fmt::format("{}:", View(node->ns->prefix));
      prefix = own;
    }
  }
  return std::string(prefix) + std::string(View(node->name));
}

std::string Content(const xmlNode* node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetContent(const_cast<xmlNode*>(node)), xmlFree);
  return std::string(View(text.get()));
}

std::string Attribute(const xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(
      xmlGetNoNsProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name)), xmlFree);
  return std::string(View(text.get()));
}

std::string LanguageOf(const xmlNode* node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetLang(const_cast<xmlNode*>(node)), xmlFree);
  return std::string(View(text.get()));
}

const xmlNode* Find(const xmlNode* parent, std::string_view name) {
  for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE && NameOf(child) == name) return child;
  }
  return nullptr;
}

std::string FindText(const xmlNode* parent, std::string_view name) {
  const xmlNode* const found = Find(parent, name);
  return found == nullptr ? "" : JoinWhiteSpace(Content(found));
}

bool IsLink(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

void Fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

struct ParsedXml {
  XmlDocument document{nullptr, &xmlFreeDoc};
  absl::Status status;
};

// `first_line`: of the XML in its file.
ParsedXml ParseXml(const std::string& xml, int options, uint64_t first_line) {
  ParsedXml parsed;
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(xmlNewParserCtxt(), &xmlFreeParserCtxt);
  if (!parser) {
    parsed.status = absl::ResourceExhaustedError("no memory for an XML parser");
    return parsed;
  }
  // What follows from the first fault is no help.
  struct Fault {
    std::string message;
    int line = 0;
  } fault;
  parser->_private = &fault;
  parser->sax->serror = [](void*, xmlErrorPtr error) {
    if (error->ctxt == nullptr || error->level < XML_ERR_ERROR) return;
    auto* const first = static_cast<Fault*>(static_cast<xmlParserCtxt*>(error->ctxt)->_private);
    if (first->line > 0) return;
    first->line = std::max(1, error->line);
    if (error->message != nullptr) first->message = error->message;
  };
  parsed.document.reset(xmlCtxtReadMemory(parser.get(), xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8",
                                          options | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!parsed.document || parser->wellFormed == 0) {
    std::string message = fault.message.empty() ? "unknown fault" : fault.message;
    // Its own lines count from the beginning of the item.
    for (size_t at = message.find(" line "); at != std::string::npos; at = message.find(" line ", at)) {
      message.erase(at, message.find_first_not_of("0123456789", at + 6) - at);
    }
    while (!message.empty() && std::isspace(static_cast<unsigned char>(message.back()))) message.pop_back();
    const uint64_t line = first_line + static_cast<uint64_t>(std::max(1, fault.line)) - 1;
    const bool is_entity =
        message.find("Entity") != std::string::npos || message.find("EntityRef") != std::string::npos;
    parsed.status = absl::InvalidArgumentError(
        fmt::format("not well-formed XML at line {}: {}; {}", line, message,
                    is_entity ? "write & as &amp; and other characters as themselves" : "mend the item"));
  }
  return parsed;
}

// What the feed says for all of its items.
struct Feed {
  std::string declarations;  // xmlns attributes of what stands around the items
  std::string publisher, language, author;
};

// Of "The Outlet: top news" and "© 2025 The Outlet" the outlet.
std::string PublisherOf(const std::string& title, std::string rights) {
  for (const std::string_view word :
       {"Copyright", "copyright", "©", "(c)", "(C)", "All rights reserved", "版權所有", "版权所有"}) {
    for (size_t at = rights.find(word); at != std::string::npos; at = rights.find(word, at))
      rights.erase(at, word.size());
  }
  const auto is_around = [](char c) {
    return std::isspace(static_cast<unsigned char>(c)) || std::isdigit(static_cast<unsigned char>(c)) || c == '.' ||
           c == ',' || c == '-';
  };
  while (!rights.empty() && is_around(rights.front())) rights.erase(0, 1);
  while (!rights.empty() && is_around(rights.back())) rights.pop_back();
  return !rights.empty() && title.find(rights) != std::string::npos ? rights : title;
}

void CollectDeclarations(const xmlNode* node, std::string& declarations) {
  for (const xmlNs* ns = node->nsDef; ns != nullptr; ns = ns->next) {
    const std::string name = ns->prefix == nullptr ? "xmlns" : fmt::format("xmlns:{}", View(ns->prefix));
    if (declarations.find(" " + name + "=") != std::string::npos) continue;
    std::string value(View(ns->href));
    if (value.find_first_of("<&\"") == std::string::npos) declarations += fmt::format(" {}=\"{}\"", name, value);
  }
}

Feed ReadHead(const std::string& head) {
  Feed feed;
  const ParsedXml parsed = ParseXml(head, XML_PARSE_RECOVER, 1);
  const xmlNode* const root = parsed.document ? xmlDocGetRootElement(parsed.document.get()) : nullptr;
  if (root != nullptr) {
    CollectDeclarations(root, feed.declarations);
    const xmlNode* channel = Find(root, "channel");
    if (channel == nullptr) channel = root;
    if (channel != root) CollectDeclarations(channel, feed.declarations);
    feed.language = LanguageOf(channel);
    for (const char* const name : {"language", "dc:language"}) Fill(feed.language, FindText(channel, name));
    std::string rights;
    for (const char* const name : {"copyright", "rights", "dc:rights"}) Fill(rights, FindText(channel, name));
    feed.publisher = FindText(channel, "dc:publisher");
    const xmlNode* const title = Find(channel, "title");
    Fill(feed.publisher, PublisherOf(title == nullptr ? "" : PlainWords(Content(title)), rights));
    if (const xmlNode* const author = Find(channel, "author"); author != nullptr)
      feed.author = FindText(author, "name");
  }
  // Feeds that use these prefixes often forget to say what they mean.
  for (std::string_view left = kUsualNameSpaces; !left.empty();) {
    const std::string_view one = left.substr(0, left.find(' ', 1));
    if (feed.declarations.find(one.substr(0, one.find('=') + 1)) == std::string::npos) feed.declarations += one;
    left.remove_prefix(one.size());
  }
  return feed;
}

struct ItemText {
  std::string value;
  bool is_html = false;
};

// Atom says whether it is HTML; RSS leaves it open.
ItemText TextOfElement(const xmlNode* element) {
  const std::string type = Attribute(element, "type");
  if (type == "xhtml" || type == "application/xhtml+xml" || View(element->name) == "body") {
    const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), &xmlBufferFree);
    for (xmlNode* child = element->children; child != nullptr; child = child->next) {
      xmlNodeDump(buffer.get(), element->doc, child, 0, 0);
    }
    return {std::string(View(xmlBufferContent(buffer.get()))), true};
  }
  std::string value = Content(element);
  const bool is_html = type.empty() ? HasTags(value) : type == "html" || type == "text/html";
  return {std::move(value), is_html};
}

std::string UriOf(const xmlNode* item) {
  for (const xmlNode* child = item->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE || NameOf(child) != "link") continue;
    const std::string href = Attribute(child, "href"), relation = Attribute(child, "rel");
    if (IsLink(href) && (relation.empty() || relation == "alternate")) return href;
    if (const std::string link = JoinWhiteSpace(Content(child)); IsLink(link)) return link;
  }
  if (const xmlNode* const guid = Find(item, "guid"); guid != nullptr && Attribute(guid, "isPermaLink") != "false") {
    if (const std::string link = JoinWhiteSpace(Content(guid)); IsLink(link)) return link;
  }
  return FindText(item, "id");
}

std::string AuthorsOf(const xmlNode* item) {
  std::string authors;
  for (const char* const name : {"dc:creator", "author"}) {
    if (!authors.empty()) break;
    for (const xmlNode* child = item->children; child != nullptr; child = child->next) {
      if (child->type != XML_ELEMENT_NODE || NameOf(child) != name) continue;
      const xmlNode* const inside = Find(child, "name");
      const std::string author = AuthorName(JoinWhiteSpace(Content(inside == nullptr ? child : inside)));
      if (!author.empty()) authors += (authors.empty() ? "" : ", ") + author;
    }
  }
  return authors;
}

absl::StatusOr<Document> ReadItem(const xmlNode* item, const Feed& feed, CutReport& characters) {
  Document document;
  if (const xmlNode* const title = Find(item, "title"); title != nullptr) document.title = PlainWords(Content(title));
  Byline byline;
  for (const char* const name : {"content:encoded", "content", "xhtml:body", "description", "summary"}) {
    const xmlNode* const element = Find(item, name);
    if (element == nullptr) continue;
    const ItemText text = TextOfElement(element);
    CutReport counts;
    if (text.is_html) {
      NEWSGRAPH_ASSIGN_OR_RETURN(const HtmlTree tree, HtmlTree::Parse(text.value));
      MainText main = ReadFragment(tree, document.title, counts);
      document.text = std::move(main.text);
      byline = std::move(main.byline);
    } else {
      // RSS may have escaped what the text itself has escaped: AT&amp;amp;T.
      std::string lines = ReadLines(text.value);
      document.text.clear();
      for (std::string_view left = lines; !left.empty();) {
        const size_t end = std::min(left.find('\n'), left.size());
        document.text += (document.text.empty() ? "" : "\n") + PlainWords(left.substr(0, end));
        left.remove_prefix(std::min(end + 1, left.size()));
      }
      counts.kept = CountCharacters(document.text);
    }
    characters = counts;
    if (!document.text.empty()) break;
  }
  if (document.text.empty()) {
    return absl::InvalidArgumentError(
        "an item without text (content or description); read the page that it links to instead");
  }
  document.uri = UriOf(item);
  document.author = AuthorsOf(item);
  Fill(document.author, std::move(byline.author));
  Fill(document.author, feed.author);
  for (const char* const name : {"pubDate", "published", "dcterms:issued", "dc:date", "updated", "dcterms:modified"}) {
    Fill(document.published, FindPublishedDate(FindText(item, name)));
  }
  Fill(document.published, std::move(byline.published));
  document.publisher = FindText(item, "dc:publisher");
  if (const xmlNode* const source = Find(item, "source"); source != nullptr) {
    // Where an aggregator has it from.
    Fill(document.publisher,
         Find(source, "title") == nullptr ? JoinWhiteSpace(Content(source)) : FindText(source, "title"));
  }
  Fill(document.publisher, feed.publisher);
  std::string language = FindText(item, "dc:language");
  Fill(language, LanguageOf(item));
  Fill(language, feed.language);
  document.language = DeclaredLanguage(language, document.text);
  return document;
}

class FeedReader : public DocumentReader {
 public:
  explicit FeedReader(ReaderInput input)
      : input_(std::move(input)), scanner_(*input_.source, kLongestItem * input_.options.max_document_bytes) {}

  absl::StatusOr<std::optional<ReadDocument>> Next() override {
    if (pending_) return Read(*std::exchange(pending_, std::nullopt));
    if (done_) return std::nullopt;
    absl::StatusOr<std::optional<FeedItem>> item = scanner_.Next();
    if (!item.ok()) {
      done_ = true;
      if (!IsFaultOfContent(item.status())) return AtPlace(input_.name, item.status());
      return Refusal(scanner_.line(), item.status());
    }
    if (!item->has_value()) {
      done_ = true;
      return AtEnd();
    }
    if (!has_head_) {
      has_head_ = true;
      if (const absl::Status status = CheckUtf8(scanner_.head()); !status.ok()) {
        pending_ = **std::move(item);
        return Refusal(1, absl::InvalidArgumentError(
                              fmt::format("above the first item, {}; items are read without what stands there",
                                          std::string(status.message()))));
      }
      feed_ = ReadHead(scanner_.head());
    }
    return Read(**item);
  }

 private:
  ReadDocument Refusal(uint64_t line, const absl::Status& status) const {
    const std::string place = fmt::format("{}:{}", input_.name, line);
    return ReadDocument{place, AtPlace(place, status)};
  }

  // A feed that breaks off behind an item may have lost others.
  std::optional<ReadDocument> AtEnd() const {
    if (!scanner_.breaks_off()) return std::nullopt;
    if (!LooksLikeFeed(scanner_.head())) {
      return ReadDocument{
          input_.name,
          AtPlace(input_.name, absl::InvalidArgumentError("neither RSS nor Atom; give a feed, or name the format"))};
    }
    return Refusal(
        scanner_.line(),
        absl::InvalidArgumentError("the feed breaks off: its end tag is missing, and items may be; fetch it again"));
  }

  ReadDocument Read(const FeedItem& item) {
    const uint64_t limit = input_.options.max_document_bytes;
    const std::string place = fmt::format("{}:{}", input_.name, item.first_line);
    if (item.too_long) {
      return ReadDocument{place, TooLong(place, limit)};
    }
    if (!item.fault.ok()) return Refusal(item.first_line, item.fault);
    if (const absl::Status status = CheckUtf8(item.xml); !status.ok()) {
      // Lines of the message count from the item.
      return Refusal(item.first_line, absl::InvalidArgumentError(fmt::format("in the item that begins here, {}",
                                                                             std::string(status.message()))));
    }
    const ParsedXml parsed =
        ParseXml(fmt::format("<items{}>{}</items>", feed_.declarations, item.xml), 0, item.first_line);
    if (!parsed.status.ok()) return Refusal(item.first_line, parsed.status);
    const xmlNode* element = xmlDocGetRootElement(parsed.document.get())->children;
    while (element != nullptr && element->type != XML_ELEMENT_NODE) element = element->next;
    if (element == nullptr) {
      return Refusal(item.first_line, absl::InvalidArgumentError("an item without elements; mend the item"));
    }
    CutReport characters;
    ReadDocument result{place, ReadItem(element, feed_, characters), characters};
    result.characters = characters;
    if (!result.document.ok()) {
      result.document = AtPlace(place, result.document.status());
    } else if (const absl::Status status = CheckLength(place, *result.document, input_.options); !status.ok()) {
      result.document = status;
    }
    return result;
  }

  ReaderInput input_;
  FeedScanner scanner_;
  Feed feed_;
  std::optional<FeedItem> pending_;  // the first, behind a head that could not be read
  bool has_head_ = false, done_ = false;
};

}  // namespace

bool LooksLikeFeed(std::string_view beginning) {
  // Behind the XML declaration, comments and style sheets, the root element.
  size_t at = 0;
  while ((at = beginning.find('<', at)) != std::string_view::npos) {
    const std::string_view here = beginning.substr(at);
    if (here.starts_with("<?") || here.starts_with("<!--")) {
      const std::string_view end = here.starts_with("<?") ? "?>" : "-->";
      at = beginning.find(end, at);
      if (at == std::string_view::npos) return false;
      continue;
    }
    if (here.starts_with("<!")) {
      at += 2;
      continue;
    }
    for (const std::string_view root : {"<rss", "<feed", "<rdf:RDF", "<atom:feed"}) {
      if (here.starts_with(root) && here.size() > root.size() &&
          (here[root.size()] == '>' || std::isspace(static_cast<unsigned char>(here[root.size()])))) {
        return true;
      }
    }
    return false;
  }
  return false;
}

std::unique_ptr<DocumentReader> OpenFeed(ReaderInput input) { return std::make_unique<FeedReader>(std::move(input)); }

}  // namespace newsgraph
