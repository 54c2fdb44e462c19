#include "ingest/readers/page_metadata.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "ingest/readers/byline.h"
#include "ingest/readers/published_date.h"

namespace newsgraph {
namespace {

using Json = nlohmann::json;

// Names of meta tags, the most telling first. "@x" is itemprop x, wherever it stands.
constexpr std::string_view kTitles[] = {"og:title",      "twitter:title",  "dc.title",
                                        "dcterms.title", "sailthru.title", "@headline"};
constexpr std::string_view kAuthors[] = {"author",         "article:author",  "byl",    "dc.creator", "dcterms.creator",
                                         "parsely-author", "sailthru.author", "@author"};
constexpr std::string_view kDates[] = {"article:published_time",
                                       "og:published_time",
                                       "datepublished",
                                       "date_published",
                                       "publishdate",
                                       "pubdate",
                                       "pub_date",
                                       "publish-date",
                                       "parsely-pub-date",
                                       "sailthru.date",
                                       "dc.date.issued",
                                       "dcterms.created",
                                       "dc.date",
                                       "dcterms.date",
                                       "date",
                                       "@datepublished",
                                       "@datecreated"};
constexpr std::string_view kPublishers[] = {"og:site_name",      "dc.publisher",     "dcterms.publisher", "publisher",
                                            "article:publisher", "application-name", "@publisher"};
constexpr std::string_view kLanguages[] = {"inlanguage", "content-language", "og:locale", "dc.language", "language"};
constexpr std::string_view kUris[] = {"og:url", "parsely-link"};

// <script> and <meta> of pages that nest without need would take long; nothing is lost there.
constexpr int kDeepestJson = 32;

bool IsLink(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

std::string TextOfJson(const Json& value) { return value.is_string() ? PlainWords(value.get<std::string>()) : ""; }

// The names of one person or organisation or of several; "a, b".
std::string Names(const Json& value, const std::map<std::string, const Json*>& by_id) {
  if (value.is_string()) return AuthorName(TextOfJson(value));
  if (value.is_array()) {
    std::string names;
    for (const Json& one : value) {
      const std::string name = Names(one, by_id);
      if (!name.empty()) names += (names.empty() ? "" : ", ") + name;
    }
    return names;
  }
  if (!value.is_object()) return "";
  if (const auto name = value.find("name"); name != value.end() && !name->is_object()) return Names(*name, by_id);
  if (const auto id = value.find("@id"); id != value.end() && id->is_string()) {
    const auto found = by_id.find(id->get<std::string>());
    if (found != by_id.end() && found->second != &value && found->second->contains("name")) {
      return TextOfJson((*found->second)["name"].is_array() ? Json() : (*found->second)["name"]);
    }
  }
  return "";
}

bool IsArticleType(const Json& type) {
  if (type.is_array()) return std::any_of(type.begin(), type.end(), IsArticleType);
  if (!type.is_string()) return false;
  const std::string& name = type.get_ref<const std::string&>();
  return name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report";
}

// Objects of schema.org wherever they hang; not the ones inside an article.
void CollectObjects(const Json& value, int depth, std::vector<const Json*>& articles,
                    std::map<std::string, const Json*>& by_id) {
  if (depth > kDeepestJson) return;
  if (value.is_array()) {
    for (const Json& one : value) CollectObjects(one, depth + 1, articles, by_id);
    return;
  }
  if (!value.is_object()) return;
  if (const auto id = value.find("@id"); id != value.end() && id->is_string() && value.contains("name")) {
    by_id.emplace(id->get<std::string>(), &value);
  }
  if (const auto type = value.find("@type"); type != value.end() && IsArticleType(*type)) articles.push_back(&value);
  for (const char* const inside : {"@graph", "mainEntity", "publisher", "author"}) {
    if (const auto found = value.find(inside); found != value.end()) CollectObjects(*found, depth + 1, articles, by_id);
  }
}

void Fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

void ReadJsonLd(const std::vector<Json>& scripts, PageMetadata& metadata) {
  std::vector<const Json*> articles;
  std::map<std::string, const Json*> by_id;
  for (const Json& script : scripts) CollectObjects(script, 0, articles, by_id);
  for (const Json* const article : articles) {
    const auto field = [&](const char* name) { return article->contains(name) ? (*article)[name] : Json(); };
    Fill(metadata.title, TextOfJson(field("headline")));
    Fill(metadata.author, Names(field("author"), by_id));
    Fill(metadata.publisher, Names(field("publisher"), by_id));
    Fill(metadata.published, FindPublishedDate(TextOfJson(field("datePublished"))));
    Fill(metadata.language, TextOfJson(field("inLanguage")));
    if (const Json body = field("articleBody"); body.is_string()) Fill(metadata.article_body, body.get<std::string>());
    for (const char* const name : {"url", "mainEntityOfPage"}) {
      Json link = field(name);
      if (link.is_object() && link.contains("@id")) link = Json(link["@id"]);
      if (const std::string uri = TextOfJson(link); IsLink(uri)) Fill(metadata.uri, uri);
    }
  }
}

// Meta tags, and properties of microdata, by their names in lower case; the first counts.
std::map<std::string, std::string> CollectMeta(const HtmlTree& tree) {
  std::map<std::string, std::string> meta;
  const auto add = [&](std::string name, std::string_view value) {
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string text = JoinWhiteSpace(value);
    if (!text.empty()) meta.emplace(std::move(name), std::move(text));
  };
  for (int32_t i = 0; i < static_cast<int32_t>(tree.nodes().size()); ++i) {
    const HtmlNode& node = tree.nodes()[static_cast<size_t>(i)];
    if (node.tag == "meta") {
      for (const char* const key : {"property", "name", "http-equiv"}) {
        if (const std::string_view name = tree.Attribute(node, key); !name.empty()) {
          add(std::string(name), tree.Attribute(node, "content"));
        }
      }
    }
    const std::string_view property = tree.Attribute(node, "itemprop");
    if (property.empty() || property == "articleBody") continue;
    std::string_view value = tree.Attribute(node, "content");
    if (value.empty()) value = tree.Attribute(node, "datetime");
    constexpr size_t kLongestProperty = 600;
    const std::string text = value.empty() ? tree.TextOf(i) : std::string(value);
    if (text.size() <= kLongestProperty) add("@" + std::string(property), text);
  }
  return meta;
}

template <size_t size>
std::vector<std::string> Values(const std::map<std::string, std::string>& meta, const std::string_view (&names)[size]) {
  std::vector<std::string> values;
  for (const std::string_view name : names) {
    if (const auto found = meta.find(std::string(name)); found != meta.end()) values.push_back(found->second);
  }
  return values;
}

// "A headline | The Outlet": the outlet behind the last mark, where it is the publisher.
std::string WithoutOutlet(const std::string& title, const std::string& publisher) {
  if (publisher.empty() || !title.ends_with(publisher) || title.size() == publisher.size()) return title;
  std::string_view head = std::string_view(title).substr(0, title.size() - publisher.size());
  constexpr std::string_view kMarks[] = {"|", "｜", "-", "–",  "—",  "_", "·",     "•",
                                         "»", "«",  ":", "：", "／", " ", "\u3000"};
  const size_t whole = head.size();
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view mark : kMarks) {
      if (head.ends_with(mark)) {
        head.remove_suffix(mark.size());
        changed = true;
      }
    }
  }
  return head.empty() || head.size() == whole ? title : std::string(head);
}

}  // namespace

std::string PlainWords(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return JoinWhiteSpace(html);
  const absl::StatusOr<HtmlTree> tree = HtmlTree::Parse(html);
  return tree.ok() && !tree->nodes().empty() ? JoinWhiteSpace(tree->TextOf(0)) : JoinWhiteSpace(html);
}

PageMetadata ReadPageMetadata(const HtmlTree& tree) {
  PageMetadata metadata;
  std::vector<Json> scripts;
  std::string page_title, lang, canonical, first_time, published_time;
  for (int32_t i = 0; i < static_cast<int32_t>(tree.nodes().size()); ++i) {
    const HtmlNode& node = tree.nodes()[static_cast<size_t>(i)];
    if (node.tag == "html") Fill(lang, std::string(tree.Attribute(node, "lang")));
    if (node.tag == "html") Fill(lang, std::string(tree.Attribute(node, "xml:lang")));
    if (node.tag == "title") Fill(page_title, JoinWhiteSpace(tree.TextOf(i)));
    if (node.tag == "link" && tree.Attribute(node, "rel") == "canonical") {
      Fill(canonical, std::string(tree.Attribute(node, "href")));
    }
    if (node.tag == "script" && tree.Attribute(node, "type").starts_with("application/ld+json")) {
      Json json = Json::parse(tree.TextOf(i), nullptr, /*allow_exceptions=*/false);
      if (!json.is_discarded()) scripts.push_back(std::move(json));
    }
    if (node.tag == "time") {
      const std::string_view datetime = tree.Attribute(node, "datetime");
      std::string date = FindPublishedDate(datetime.empty() ? tree.TextOf(i) : std::string(datetime));
      if (tree.FindAttribute(node, "pubdate") != nullptr) Fill(published_time, date);
      Fill(first_time, std::move(date));
    }
  }
  ReadJsonLd(scripts, metadata);
  const std::map<std::string, std::string> meta = CollectMeta(tree);
  for (const std::string& name : Values(meta, kPublishers)) {
    if (!IsLink(name)) Fill(metadata.publisher, name);
  }
  for (const std::string& title : Values(meta, kTitles)) Fill(metadata.title, title);
  Fill(metadata.title, page_title);
  metadata.title = WithoutOutlet(metadata.title, metadata.publisher);
  for (const std::string& author : Values(meta, kAuthors)) Fill(metadata.author, AuthorName(author));
  for (const std::string& date : Values(meta, kDates)) Fill(metadata.published, FindPublishedDate(date));
  Fill(metadata.published, published_time);
  Fill(metadata.published, first_time);
  if (IsLink(canonical)) metadata.uri = canonical;
  for (const std::string& uri : Values(meta, kUris)) {
    if (IsLink(uri)) Fill(metadata.uri, uri);
  }
  // What the article's data say is meant for it alone, the tag of the page often is a template's.
  Fill(metadata.language, lang);
  for (const std::string& language : Values(meta, kLanguages)) Fill(metadata.language, language);
  return metadata;
}

}  // namespace newsgraph
