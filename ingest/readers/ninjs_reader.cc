// ninjs, the news format of the IPTC in JSON: version 1 (body_text, body_xhtml), 2 (bodies,
// versioncreated) and 3 (versionCreated). A file is a document, or an array of items, each a document.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "graph/status.h"
#include "ingest/readers/byline.h"
#include "ingest/readers/declared_language.h"
#include "ingest/readers/format_reader.h"
#include "ingest/readers/html_tree.h"
#include "ingest/readers/main_text.h"
#include "ingest/readers/page_metadata.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

using Json = nlohmann::json;

// JSON may write a byte of text as six, and an item may hold its text several times over.
constexpr uint64_t kLongestItem = 8;

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Version 2 writes versioncreated, version 3 versionCreated. `key` in lower case; null when missing.
const Json* Find(const Json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (const auto& [name, value] : object.items()) {
    if (name.size() == key.size() && Lower(name) == key) return &value;
  }
  return nullptr;
}

std::string Text(const Json& object, std::string_view key) {
  const Json* const value = Find(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

// Of an array of objects with roles the one of the first role there is, else the first.
const Json* FindByRole(const Json& item, std::string_view key, std::initializer_list<std::string_view> roles,
                       std::string_view role_key = "role") {
  const Json* const all = Find(item, key);
  if (all == nullptr || !all->is_array() || all->empty()) return nullptr;
  for (const std::string_view role : roles) {
    for (const Json& one : *all) {
      if (Text(one, role_key) == role) return &one;
    }
  }
  return &all->front();
}

struct Body {
  std::string value;
  bool is_html = false;
};

Body FindBody(const Json& item) {
  if (const Json* const body = FindByRole(item, "bodies", {"main", "body"}); body != nullptr) {
    const std::string type = Lower(Text(*body, "contenttype"));
    std::string value = Text(*body, "value");
    const bool is_html =
        type.empty() ? HasTags(value) : type.find("html") != std::string::npos || type.find("xml") != std::string::npos;
    return {std::move(value), is_html};
  }
  for (const std::string_view key : {"body_xhtml", "body_html", "body_html5"}) {
    if (std::string value = Text(item, key); !value.empty()) return {std::move(value), true};
  }
  for (const std::string_view key : {"body_text", "body"}) {
    if (std::string value = Text(item, key); !value.empty()) {
      const bool is_html = key == "body" && HasTags(value);
      return {std::move(value), is_html};
    }
  }
  return {};
}

std::string FindPublisher(const Json& item) {
  for (const std::string_view list : {"providers", "infosources"}) {
    const Json* const source = FindByRole(item, list, {"publisher", "provider", "distributor", "author"});
    if (source != nullptr && !Text(*source, "name").empty()) return Text(*source, "name");
  }
  if (const Json* const provider = Find(item, "provider"); provider != nullptr) {
    if (provider->is_string()) return provider->get<std::string>();
    if (!Text(*provider, "name").empty()) return Text(*provider, "name");
  }
  return Text(item, "copyrightholder");
}

std::string FindAuthor(const Json& item) {
  for (const std::string_view key : {"by", "byline"}) {
    if (std::string author = AuthorName(PlainWords(Text(item, key))); !author.empty()) return author;
  }
  const Json* const people = Find(item, "people");
  std::string authors;
  for (size_t i = 0; people != nullptr && people->is_array() && i < people->size(); ++i) {
    const Json& person = (*people)[i];
    const std::string relation = Text(person, "rel");
    if (relation != "author" && relation != "creator") continue;
    authors += (authors.empty() ? "" : ", ") + Text(person, "name");
  }
  return authors;
}

absl::StatusOr<Document> ReadItem(const Json& item, CutReport& characters) {
  if (!item.is_object()) {
    return absl::InvalidArgumentError("not a JSON object; a ninjs item, or an array of them, is expected");
  }
  const std::string status = Lower(Text(item, "pubstatus"));
  if (status == "canceled" || status == "cancelled" || status == "withheld") {
    return absl::InvalidArgumentError(
        fmt::format("its pubStatus is \"{}\": it is not to be used; read a version that is usable", status));
  }
  const Body body = FindBody(item);
  if (body.value.find_first_not_of(" \t\r\n") == std::string::npos) {
    const std::string type = Text(item, "type");
    return absl::InvalidArgumentError(
        fmt::format("a ninjs item{} without a body (bodies, body_text or body_xhtml); give one that holds its text",
                    type.empty() ? "" : fmt::format(" of type \"{}\"", type)));
  }
  Document document;
  if (const Json* const headline = FindByRole(item, "headlines", {"main"}); headline != nullptr) {
    document.title = PlainWords(Text(*headline, "value"));
  }
  if (document.title.empty()) document.title = PlainWords(Text(item, "headline"));
  if (document.title.empty()) document.title = PlainWords(Text(item, "title"));
  std::string page_author, page_date;
  if (body.is_html) {
    NEWSGRAPH_ASSIGN_OR_RETURN(const HtmlTree tree, HtmlTree::Parse(body.value));
    MainText main = ReadFragment(tree, document.title, characters);
    document.text = std::move(main.text);
    if (document.title.empty()) document.title = std::move(main.headline);
    page_author = std::move(main.byline.author);
  } else {
    document.text = ReadLines(body.value);
    characters.kept = CountCharacters(document.text);
  }
  if (document.text.empty()) {
    return absl::InvalidArgumentError("a ninjs item whose body holds no text; give one that holds its text");
  }
  document.uri = Text(item, "uri");
  document.author = FindAuthor(item);
  if (document.author.empty()) document.author = std::move(page_author);
  document.publisher = FindPublisher(item);
  for (const std::string_view key : {"versioncreated", "contentcreated", "firstcreated"}) {
    if (document.published.empty()) document.published = FindPublishedDate(Text(item, key));
  }
  document.language = DeclaredLanguage(Text(item, "language"), document.text);
  return document;
}

void ReadNinjs(std::string bytes, std::vector<ReadDocument>& items) {
  Json file;
  try {
    file = Json::parse(bytes);
  } catch (const Json::parse_error& error) {
    items.push_back(
        {"",
         absl::InvalidArgumentError(fmt::format(
             "not one whole JSON object: it breaks at byte {}; a ninjs item, or an array of them, is expected",
             error.byte)),
         {}});
    return;
  }
  std::string().swap(bytes);
  const auto add = [&](std::string place, const Json& item) {
    CutReport characters;
    absl::StatusOr<Document> document = ReadItem(item, characters);
    items.push_back({std::move(place), std::move(document), characters});
  };
  if (!file.is_array()) return add("", file);
  for (size_t i = 0; i < file.size(); ++i) add(fmt::format("[{}]", i), file[i]);
}

}  // namespace

bool LooksLikeNinjs(std::string_view beginning) {
  size_t begin = beginning.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && beginning[begin] == '[') {
    begin = beginning.find_first_not_of(" \t\r\n", begin + 1);
  }
  if (begin == std::string_view::npos || beginning[begin] != '{') return false;
  const std::string lower = Lower(std::string(beginning));
  for (const std::string_view key :
       {"\"ninjs\"", "\"bodies\"", "\"body_text\"", "\"body_xhtml\"", "\"body_html\"", "\"versioncreated\"",
        "\"pubstatus\"", "\"representationtype\"", "\"headlines\""}) {
    if (lower.find(key) != std::string::npos) return true;
  }
  return false;
}

std::unique_ptr<DocumentReader> OpenNinjs(ReaderInput input) {
  const uint64_t limit = kLongestItem * input.options.max_document_bytes;
  return OpenFileOfItems(std::move(input), limit, ReadNinjs);
}

}  // namespace newsgraph
