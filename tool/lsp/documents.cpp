#include "lsp/documents.hpp"

#include <filesystem>
#include <utility>

#include "base/files.hpp"
#include "lsp/json_reading.hpp"

namespace snug::lsp {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
                        hex_digit(text[at + 2]) >= 0;
    if (!escape) {
      bytes += text[at];
      continue;
    }
    bytes += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
    at += 2;
  }
  return bytes;
}

}  // namespace

std::optional<std::string> path_of(std::string_view uri) {
  constexpr std::string_view scheme = "file://";
  if (!uri.starts_with(scheme)) return std::nullopt;
  uri.remove_prefix(scheme.size());
  constexpr std::string_view local = "localhost/";
  if (uri.starts_with(local)) uri.remove_prefix(local.size() - 1);
  uri = uri.substr(0, uri.find_first_of("?#"));
  if (!uri.starts_with('/')) return std::nullopt;
  const std::string path = decoded(uri);
  if (path.find('\0') != std::string::npos) return std::nullopt;
  return normal_path(path, "/");
}

Document::Document(std::string uri, std::int64_t version, std::string text)
    : uri_(std::move(uri)),
      path_(path_of(uri_).value_or("")),
      real_path_(path_),
      version_(version),
      lines_(std::make_shared<const Lines>(std::move(text))) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::weakly_canonical(path_, error);
  if (!path_.empty() && !error) real_path_ = real.string();
}

const std::string& Document::hash() const {
  if (hash_.empty()) hash_ = sha256_hex(text());
  return hash_;
}

std::string Document::change(const Json& changes, std::int64_t version, Encoding encoding) {
  if (!changes.is_array()) return "contentChanges is no array";
  std::shared_ptr<const Lines> lines = lines_;
  for (const Json& change : changes) {
    const std::optional<std::string> text = text_in(change, "text");
    if (!text) return "a change has no text";
    const Json* range = member(change, "range");
    if (range == nullptr) {
      lines = std::make_shared<const Lines>(*text);
      continue;
    }
    const std::optional<Position> start = position_in(*range, "start");
    const std::optional<Position> end = position_in(*range, "end");
    if (!start || !end || *end < *start) return "a change has a range that is none";
    const std::uint64_t from = lines->offset(*start, encoding);
    const std::uint64_t to = lines->offset(*end, encoding);
    std::string all = lines->text();
    all.replace(from, to - from, *text);
    lines = std::make_shared<const Lines>(std::move(all));
  }
  lines_ = std::move(lines);
  version_ = version;
  hash_.clear();
  return "";
}

std::map<std::string, std::string> texts_of(const Documents& documents) {
  std::map<std::string, std::string> texts;
  for (const auto& [name, document] : documents) {
    if (document.path().empty()) continue;
    texts.emplace(document.path(), document.text());
    texts.emplace(document.real_path(), document.text());
  }
  return texts;
}

}  // namespace snug::lsp
