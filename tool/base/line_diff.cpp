#include "base/line_diff.hpp"

#include <algorithm>

namespace snug {
namespace {

using Lines = std::vector<std::string_view>;
using Kind = DiffLine::Kind;

constexpr std::ptrdiff_t most_changes = 2000;

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Where the search stood before each number of changes: furthest x on each diagonal.
using Trace = std::vector<std::vector<std::ptrdiff_t>>;

/// True if diagonal `k` is reached best from the one above, by inserting a line.
bool inserts(const std::vector<std::ptrdiff_t>& reach, std::ptrdiff_t k, std::ptrdiff_t changes,
             std::ptrdiff_t middle) {
  const auto at = [&](std::ptrdiff_t diagonal) {
    return reach[static_cast<std::size_t>(middle + diagonal)];
  };
  return k == -changes || (k != changes && at(k - 1) < at(k + 1));
}

/// Runs Myers' search forward. Empty if the texts differ in more than most_changes lines.
Trace search(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size()), m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t limit = std::min(n + m, most_changes), middle = limit + 1;
  std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * limit + 3), 0);
  Trace trace;
  for (std::ptrdiff_t changes = 0; changes <= limit; ++changes) {
    trace.push_back(reach);
    for (std::ptrdiff_t k = -changes; k <= changes; k += 2) {
      const bool insert = inserts(reach, k, changes, middle);
      std::ptrdiff_t x = insert ? reach[static_cast<std::size_t>(middle + k + 1)]
                                : reach[static_cast<std::size_t>(middle + k - 1)] + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
        ++x;
      }
      reach[static_cast<std::size_t>(middle + k)] = x;
      if (x >= n && x - k >= m) {
        return trace;
      }
    }
  }
  return {};
}

/// Walks the trace back from the end and returns the kinds of lines in order.
std::vector<Kind> script(const Lines& a, const Lines& b, const Trace& trace) {
  auto x = static_cast<std::ptrdiff_t>(a.size()), y = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t middle = std::min(x + y, most_changes) + 1;
  std::vector<Kind> kinds;
  for (auto changes = static_cast<std::ptrdiff_t>(trace.size()) - 1; changes >= 0; --changes) {
    const auto& reach = trace[static_cast<std::size_t>(changes)];
    const std::ptrdiff_t k = x - y;
    const bool insert = inserts(reach, k, changes, middle);
    const std::ptrdiff_t from = insert ? k + 1 : k - 1;
    const std::ptrdiff_t old_x = changes == 0 ? 0 : reach[static_cast<std::size_t>(middle + from)];
    const std::ptrdiff_t old_y = changes == 0 ? 0 : old_x - from;
    while (x > old_x && y > old_y) {
      kinds.push_back(Kind::Same);
      --x, --y;
    }
    if (changes > 0) {
      kinds.push_back(insert ? Kind::Added : Kind::Removed);
      (insert ? y : x) -= 1;
    }
  }
  std::reverse(kinds.begin(), kinds.end());
  return kinds;
}

std::vector<Kind> edit_script(const Lines& a, const Lines& b) {
  const Trace trace = search(a, b);
  if (!trace.empty()) {
    return script(a, b, trace);
  }
  std::vector<Kind> kinds(a.size(), Kind::Removed);
  kinds.insert(kinds.end(), b.size(), Kind::Added);
  return kinds;
}

/// Cuts the whole script into hunks with context.
class HunkCutter {
 public:
  HunkCutter(const Lines& a, const Lines& b, std::size_t context)
      : a_(a), b_(b), context_(context) {}

  std::vector<DiffHunk> cut(const std::vector<Kind>& kinds) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (wanted(kinds, i)) {
        append(kinds[i]);
      } else {
        open_ = false;
      }
      old_ += kinds[i] != Kind::Added ? 1 : 0;
      new_ += kinds[i] != Kind::Removed ? 1 : 0;
    }
    return std::move(hunks_);
  }

 private:
  [[nodiscard]] bool wanted(const std::vector<Kind>& kinds, std::size_t at) const {
    const std::size_t first = at > context_ ? at - context_ : 0;
    const std::size_t last = std::min(kinds.size(), at + context_ + 1);
    return std::any_of(kinds.begin() + static_cast<std::ptrdiff_t>(first),
                       kinds.begin() + static_cast<std::ptrdiff_t>(last),
                       [](Kind kind) { return kind != Kind::Same; });
  }

  void append(Kind kind) {
    if (!open_) {
      hunks_.push_back({old_ + 1, new_ + 1, {}});
      open_ = true;
    }
    hunks_.back().lines.push_back({kind, std::string(kind == Kind::Added ? b_[new_] : a_[old_])});
  }

  const Lines& a_;
  const Lines& b_;
  std::size_t context_;
  std::size_t old_ = 0, new_ = 0;
  bool open_ = false;
  std::vector<DiffHunk> hunks_;
};

}  // namespace

std::vector<DiffHunk> line_diff(std::string_view before, std::string_view after,
                                std::size_t context) {
  Lines a = split_lines(before), b = split_lines(after);
  const auto same_start = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  const auto kept = static_cast<std::size_t>(same_start) > context
                        ? static_cast<std::size_t>(same_start) - context
                        : 0;
  a.erase(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(kept));
  b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(kept));
  const auto tail = static_cast<std::size_t>(
      std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
  const std::size_t dropped = tail > context ? tail - context : 0;
  a.resize(a.size() - dropped);
  b.resize(b.size() - dropped);
  std::vector<DiffHunk> hunks = HunkCutter(a, b, context).cut(edit_script(a, b));
  for (DiffHunk& hunk : hunks) {
    hunk.old_line += kept;
    hunk.new_line += kept;
  }
  return hunks;
}

}  // namespace snug
