#include "model/scanned_text.hpp"

#include "base/files.hpp"

namespace snug {

bool is_as_scanned(const Model& model, const std::string& path,
                   const std::optional<std::string>& text) {
  const auto hash = model.file_hashes.find(path);
  return hash == model.file_hashes.end() || (text && sha256_hex(*text) == hash->second);
}

bool is_as_scanned(const Model& model, const std::string& path, const FileText* text) {
  const auto hash = model.file_hashes.find(path);
  return hash == model.file_hashes.end() || (text != nullptr && text->hash() == hash->second);
}

namespace {

constexpr std::string_view changed_text = "' changed since it was scanned; run again";

}  // namespace

std::string changed_since_scan(const std::string& path) {
  return "'" + path + std::string(changed_text);
}

bool says_changed(std::string_view reason) {
  return reason.ends_with(changed_text);
}

}  // namespace snug
