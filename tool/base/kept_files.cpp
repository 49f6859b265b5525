#include "base/kept_files.hpp"

#include <utility>

namespace snug {
namespace {

std::shared_ptr<const FileText> fresh_text(const Files& files, const std::string& path) {
  auto bytes = files.read(path);
  return bytes ? std::make_shared<const FileText>(std::move(*bytes)) : nullptr;
}

}  // namespace

const std::string& FileText::hash() const {
  if (hash_.empty()) hash_ = sha256_hex(bytes_);
  return hash_;
}

std::shared_ptr<const FileText> KeptFiles::text(const std::string& path) const {
  const auto [at, fresh] = texts_.try_emplace(path);
  if (fresh) at->second = fresh_text(files_, path);
  return at->second;
}

std::optional<std::string> KeptFiles::read(const std::string& path) const {
  const auto kept = text(path);
  return kept == nullptr ? std::nullopt : std::optional(kept->bytes());
}

std::shared_ptr<const FileText> file_text(const Files& files, const std::string& path) {
  const auto* kept = dynamic_cast<const KeptFiles*>(&files);
  return kept != nullptr ? kept->text(path) : fresh_text(files, path);
}

}  // namespace snug
