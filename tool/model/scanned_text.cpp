#include "model/scanned_text.hpp"

#include "base/files.hpp"

namespace snug {

bool is_as_scanned(const Model& model, const std::string& path,
                   const std::optional<std::string>& text) {
  const auto hash = model.file_hashes.find(path);
  return hash == model.file_hashes.end() || (text && sha256_hex(*text) == hash->second);
}

std::string changed_since_scan(const std::string& path) {
  return "'" + path + "' changed since it was scanned; run again";
}

}  // namespace snug
