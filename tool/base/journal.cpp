// The journal: a first line, the number of files, three texts for each (length, line break, bytes),
// and the SHA-256 of all that.
#include <charconv>

#include "base/file_set.hpp"
#include "base/files.hpp"

namespace snug {
namespace {

constexpr std::string_view magic = "snug-fix-journal 1\n";
constexpr std::size_t hash_size = 64;

void put(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += '\n';
  out += text;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::size_t> number() {
    const std::size_t end = bytes_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::size_t value = 0;
    const char* stop = bytes_.data() + end;
    const auto [rest, error] = std::from_chars(bytes_.data(), stop, value);
    if (end == 0 || error != std::errc() || rest != stop) return std::nullopt;
    bytes_.remove_prefix(end + 1);
    return value;
  }

  std::optional<std::string> text() {
    const auto size = number();
    if (!size || *size > bytes_.size()) return std::nullopt;
    std::string result(bytes_.substr(0, *size));
    bytes_.remove_prefix(*size);
    return result;
  }

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace

std::string encode_journal(const std::vector<FileChange>& changes) {
  std::string out(magic);
  out += std::to_string(changes.size()) + "\n";
  for (const FileChange& change : changes) {
    put(out, change.path);
    put(out, change.before);
    put(out, change.after);
  }
  return out + sha256_hex(out);
}

std::optional<std::vector<FileChange>> decode_journal(std::string_view bytes) {
  if (!bytes.starts_with(magic) || bytes.size() < magic.size() + hash_size) return std::nullopt;
  const std::string_view content = bytes.substr(0, bytes.size() - hash_size);
  if (sha256_hex(content) != bytes.substr(content.size())) return std::nullopt;
  Reader reader(content.substr(magic.size()));
  const auto count = reader.number();
  if (!count) return std::nullopt;
  std::vector<FileChange> changes;
  for (std::size_t i = 0; i < *count; ++i) {
    auto path = reader.text(), before = reader.text(), after = reader.text();
    if (!path || !before || !after) return std::nullopt;
    changes.push_back({std::move(*path), std::move(*before), std::move(*after)});
  }
  if (!reader.at_end()) return std::nullopt;
  return changes;
}

}  // namespace snug
