#include "lsp/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/visible_text.hpp"
#include "lsp/json_reading.hpp"
#include "report/fingerprint.hpp"
#include "report/formats/uri.hpp"

namespace snug::lsp {
namespace {

constexpr int severity_warning = 2;
constexpr int severity_hint = 4;

Json related_json(const Finding& finding, const Model& model, FileLines& texts, Encoding encoding) {
  Json related = Json::array();
  for (const Evidence& fact : finding.evidence) {
    if (!fact.where.known()) continue;
    const std::optional<Json> location = location_json(fact.where, model, texts, encoding);
    if (location) {
      related.push_back({{"location", *location}, {"message", visible_text(fact.message)}});
    }
  }
  return related;
}

}  // namespace

const Document* open_document(const Documents& documents, const std::string& path) {
  if (const auto found = documents.find(path); found != documents.end()) return &found->second;
  for (const auto& [name, document] : documents) {
    if (!document.path().empty() && document.real_path() == path) return &document;
  }
  return nullptr;
}

const FileLines::Text* FileLines::of(const std::string& path) {
  const auto known = known_.find(path);
  if (known != known_.end()) return known->second ? &*known->second : nullptr;
  std::optional<Text> text;
  if (const Document* document = open_document(documents_, path)) {
    text = {document->shared_lines(), document->hash(), document->uri(), document->version()};
  } else if (std::optional<std::string> bytes = files_.read(path)) {
    std::string hash = sha256_hex(*bytes);
    text = {std::make_shared<const Lines>(std::move(*bytes), true), std::move(hash), file_uri(path),
            std::nullopt};
  }
  const std::optional<Text>& kept = known_.emplace(path, std::move(text)).first->second;
  return kept ? &*kept : nullptr;
}

std::optional<Json> location_json(const SourceRange& where, const Model& model, FileLines& texts,
                                  Encoding encoding) {
  const FileLines::Text* text = texts.of(where.file);
  if (text == nullptr) return std::nullopt;
  const auto hash = model.file_hashes.find(where.file);
  if (hash != model.file_hashes.end()) {
    if (hash->second != text->hash) return std::nullopt;
    return Json{{"uri", text->uri},
                {"range", range_json(text->lines->position(where.begin, encoding),
                                     text->lines->position(where.end, encoding))}};
  }
  // Outside of the project texts have no hash: a line is as much as can be told.
  const Position line{where.line == 0 ? 0 : where.line - 1, 0};
  return Json{{"uri", text->uri}, {"range", range_json(line, line)}};
}

std::optional<Json> diagnostic_json(const Finding& finding, const Model& model, FileLines& texts,
                                    const Client& client) {
  const std::optional<Json> location = location_json(finding.where, model, texts, client.encoding);
  if (!location) return std::nullopt;
  Json json = {{"range", (*location)["range"]},
               {"severity", finding.level == Level::Warning ? severity_warning : severity_hint},
               {"code", finding.check},
               {"source", "snug"},
               {"message", visible_text(finding.message)},
               {"data", {{"fingerprint", fingerprint_of(finding)}}}};
  if (client.code_description) {
    json["codeDescription"] = {{"href", fmt::format("man:snug-{}(7)", finding.check)}};
  }
  if (client.related_information) {
    json["relatedInformation"] = related_json(finding, model, texts, client.encoding);
  }
  return json;
}

Json diagnostics_json(const std::vector<Finding>& findings, const std::string& path,
                      const Model& model, FileLines& texts, const Client& client) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    if (finding.where.file != path) continue;
    if (auto diagnostic = diagnostic_json(finding, model, texts, client)) {
      list.push_back(std::move(*diagnostic));
    }
  }
  return list;
}

}  // namespace snug::lsp
