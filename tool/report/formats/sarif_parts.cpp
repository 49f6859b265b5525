#include "report/formats/sarif_parts.hpp"

#include "base/base64.hpp"
#include "report/formats/uri.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

/// A replacement of the bytes of an edit. Text that is no UTF-8 can only be told as bytes.
Json replacement(const TextEdit& edit, const TextPositions& positions) {
  if (!is_utf8(edit.text)) {
    return {{"deletedRegion", {{"byteOffset", edit.begin}, {"byteLength", edit.end - edit.begin}}},
            {"insertedContent", {{"binary", base64(edit.text)}}}};
  }
  const TextPosition begin = positions.at(edit.begin), end = positions.at(edit.end);
  return {{"deletedRegion",
           {{"startLine", begin.line},
            {"startColumn", begin.column},
            {"endLine", end.line},
            {"endColumn", end.column},
            {"charOffset", begin.offset},
            {"charLength", end.offset - begin.offset}}},
          {"insertedContent", {{"text", edit.text}}}};
}

}  // namespace

Json SarifPlaces::location(const std::string& path) const {
  const std::string below = relative_path(path, report_.root);
  if (below.starts_with('/')) {
    return {{"uri", file_uri(path)}};
  }
  return {{"uri", uri_path(below)}, {"uriBaseId", sarif_root}};
}

Json SarifPlaces::artifact(const std::string& path) {
  const auto [number, added] = numbers_.try_emplace(path, files_.size());
  if (added) {
    files_.push_back(path);
  }
  Json json = location(path);
  json["index"] = number->second;
  return json;
}

Json SarifPlaces::region(const SourceRange& where) {
  Json json = {{"startLine", where.line}};
  const TextPositions* positions = positions_.of(where.file);
  const auto start =
      positions != nullptr ? positions->column(where.line, where.column) : std::nullopt;
  if (!start) {
    return json;  // the whole line: columns in another unit would be wrong ones
  }
  json["startColumn"] = *start;
  const auto end = positions->column(where.end_line, where.end_column);
  if (end && (where.end_line > where.line || *end > *start)) {
    json["endLine"] = where.end_line;
    json["endColumn"] = *end;
  }
  return json;
}

Json SarifPlaces::physical(const SourceRange& where) {
  Json json = {{"artifactLocation", artifact(where.file)}};
  if (where.line != 0) {
    json["region"] = region(where);
  }
  return json;
}

const TextPositions* SarifPlaces::as_scanned(const std::string& path) {
  const auto [known, added] = as_scanned_.try_emplace(path, positions_.of(path));
  if (added && known->second != nullptr) {
    const auto hash = report_.model->file_hashes.find(path);
    if (hash != report_.model->file_hashes.end() &&
        sha256_hex(known->second->text()) != hash->second) {
      known->second = nullptr;
    }
  }
  return known->second;
}

Json SarifPlaces::changes(const std::vector<TextEdit>& edits) {
  std::map<std::string, Json> by_file;
  for (const TextEdit& edit : edits) {
    const TextPositions* positions = as_scanned(edit.file);
    if (positions == nullptr) {
      return Json::array();
    }
    Json& replacements = by_file[edit.file];
    replacements.push_back(replacement(edit, *positions));
  }
  Json changes = Json::array();
  for (auto& [file, replacements] : by_file) {
    changes.push_back(
        {{"artifactLocation", artifact(file)}, {"replacements", std::move(replacements)}});
  }
  return changes;
}

Json SarifPlaces::artifacts() const {
  Json json = Json::array();
  for (const std::string& file : files_) {
    Json artifact = {{"location", location(file)}};
    const auto hash = report_.model->file_hashes.find(file);
    if (hash != report_.model->file_hashes.end()) {
      artifact["hashes"] = {{"sha-256", hash->second}};
    }
    json.push_back(std::move(artifact));
  }
  return json;
}

}  // namespace snug
