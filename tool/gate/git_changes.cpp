#include "gate/git_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "base/error.hpp"
#include "base/process.hpp"
#include "gate/git_program.hpp"

namespace snug {
namespace {

constexpr std::uint32_t last_line = std::numeric_limits<std::uint32_t>::max();

/// A path of a diff's header: C-quoted where it has special bytes, with a tab behind it where it
/// has blanks.
std::string unquoted(std::string_view path) {
  if (path.ends_with('\t')) path.remove_suffix(1);
  if (path.size() < 2 || path.front() != '"' || path.back() != '"') return std::string(path);
  path = path.substr(1, path.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '\\' || i + 1 == path.size()) {
      out += path[i];
      continue;
    }
    const char c = path[++i];
    constexpr std::string_view letters = "abtnvfr\"\\";
    constexpr std::string_view bytes = "\a\b\t\n\v\f\r\"\\";
    if (const std::size_t letter = letters.find(c); letter != std::string_view::npos) {
      out += bytes[letter];
      continue;
    }
    unsigned value = 0;
    std::size_t digits = 0;
    while (digits < 3 && i < path.size() && path[i] >= '0' && path[i] <= '7') {
      value = value * 8 + static_cast<unsigned>(path[i++] - '0');
      ++digits;
    }
    --i;
    out += static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
  }
  return out;
}

/// "12,3" or "12": start and count.
struct Span {
  std::uint32_t start = 0;
  std::uint32_t count = 1;
};

std::optional<Span> read_span(std::string_view text) {
  Span span;
  const char* const end = text.data() + text.size();
  const auto [behind, error] = std::from_chars(text.data(), end, span.start);
  if (error != std::errc()) return std::nullopt;
  if (behind == end) return span;
  if (*behind != ',') return std::nullopt;
  const auto [stop, wrong] = std::from_chars(behind + 1, end, span.count);
  return wrong == std::errc() && stop == end ? std::optional(span) : std::nullopt;
}

struct HunkHead {
  Span before;
  Span after;
};

/// "@@ -a,b +c,d @@ ..."
std::optional<HunkHead> read_hunk(std::string_view line) {
  if (!line.starts_with("@@ -")) return std::nullopt;
  const std::size_t plus = line.find(" +");
  const std::size_t end = plus == std::string_view::npos ? plus : line.find(" @@", plus);
  if (end == std::string_view::npos) return std::nullopt;
  const auto before = read_span(line.substr(4, plus - 4));
  const auto after = read_span(line.substr(plus + 2, end - plus - 2));
  if (!before || !after) return std::nullopt;
  return HunkHead{*before, *after};
}

LineRange range_of(const Span& after) {
  if (after.count == 0 && after.start < last_line) return {after.start + 1, after.start};
  if (after.count == 0) return {last_line, last_line};
  const std::uint32_t room = last_line - after.start;
  return {after.start, after.start + std::min(after.count - 1, room)};
}

std::string commit_of(const GitRepository& git, const std::string& revision) {
  const bool merge_base = revision.size() > 3 && revision.ends_with("...");
  const std::string name = merge_base ? revision.substr(0, revision.size() - 3) : revision;
  const std::string commit = git.ask(
      {"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"},
      fmt::format("--since {}: git knows no such revision; a shallow clone may lack it", revision));
  if (!merge_base) return commit;
  return git.ask({"merge-base", commit, "HEAD"},
                 fmt::format("--since {}: it has no commit in common with HEAD", revision));
}

}  // namespace

void ChangedLines::add_whole(const std::string& file) {
  files_[file] = {{1, last_line}};
}

bool ChangedLines::touch(const std::string& file, std::uint32_t first, std::uint32_t last) const {
  const auto found = files_.find(file);
  if (found == files_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const LineRange& lines) {
    return first <= lines.last && last >= lines.first;
  });
}

bool ChangedLines::touch(const SourceRange& where) const {
  return where.known() && touch(where.file, where.line, std::max(where.line, where.end_line));
}

ChangedLines parse_diff(std::string_view diff, const std::string& folder) {
  ChangedLines changes;
  std::string file;
  std::uint64_t body = 0;  // lines of the hunk that are still to come
  for (std::size_t begin = 0; begin < diff.size();) {
    const std::size_t end = std::min(diff.find('\n', begin), diff.size());
    const std::string_view line = diff.substr(begin, end - begin);
    begin = end + 1;
    if (body > 0 && (line.starts_with('+') || line.starts_with('-'))) {
      --body;
    } else if (line.starts_with("+++ ")) {
      const std::string path = unquoted(line.substr(4));
      file = path.starts_with("b/") ? folder + "/" + path.substr(2) : std::string();
    } else if (const auto hunk = read_hunk(line)) {
      body = std::uint64_t{hunk->before.count} + hunk->after.count;
      if (!file.empty()) changes.add(file, range_of(hunk->after));
    }
  }
  return changes;
}

ChangedLines changed_since(const std::string& folder, const std::string& revision) {
  if (find_program("git").empty()) {
    throw Error("--since needs git, and there is no git in PATH");
  }
  const GitRepository git(folder);
  (void)git.ask({"rev-parse", "--show-toplevel"},
                fmt::format("--since {}: {} is in no git repository", revision, folder));
  const std::string commit = commit_of(git, revision);
  const GitComparison comparison(git);
  const ProgramResult diff = comparison.run(
      {"diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff",
       "--no-textconv", "--relative", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/",
       "--ignore-submodules=all", commit, "--"});
  if (!diff.ok()) {
    throw Error(
        fmt::format("git diff failed{}; of a partial clone nothing is fetched here: run "
                    "'git diff {}' first",
                    what_git_said(diff), revision));
  }
  ChangedLines changes = parse_diff(diff.out, folder);
  const ProgramResult untracked =
      comparison.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!untracked.ok()) throw Error(fmt::format("git ls-files failed{}", what_git_said(untracked)));
  for (std::size_t begin = 0; begin < untracked.out.size();) {
    const std::size_t end = std::min(untracked.out.find('\0', begin), untracked.out.size());
    if (end > begin) changes.add_whole(folder + "/" + untracked.out.substr(begin, end - begin));
    begin = end + 1;
  }
  return changes;
}

}  // namespace snug
