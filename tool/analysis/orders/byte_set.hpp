// A set of bytes of an object, as the ranges that it is made of.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace snug {

class ByteSet {
 public:
  using Range = std::pair<std::uint64_t, std::uint64_t>;  ///< First byte, first byte behind.

  /// Adds [begin, end). O(ranges).
  void add(std::uint64_t begin, std::uint64_t end) {
    if (begin >= end) return;
    std::vector<Range> merged;
    for (const Range& range : ranges_) {
      if (range.second < begin || range.first > end) {
        merged.push_back(range);
      } else {
        begin = std::min(begin, range.first);
        end = std::max(end, range.second);
      }
    }
    merged.emplace_back(begin, end);
    std::sort(merged.begin(), merged.end());
    ranges_ = std::move(merged);
  }

  void add(const ByteSet& other) {
    for (const Range& range : other.ranges_) add(range.first, range.second);
  }

  [[nodiscard]] bool empty() const { return ranges_.empty(); }

  [[nodiscard]] std::uint64_t count() const {
    std::uint64_t sum = 0;
    for (const Range& range : ranges_) sum += range.second - range.first;
    return sum;
  }

  [[nodiscard]] bool touches(std::uint64_t begin, std::uint64_t end) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
      return range.first < end && begin < range.second;
    });
  }

  /// Cache lines that have a byte of the set, in an object that starts at a line.
  [[nodiscard]] std::uint64_t lines(std::uint64_t line_bytes) const {
    std::uint64_t sum = 0;
    std::uint64_t next = 0;  // first line that is not counted yet
    for (const Range& range : ranges_) {
      const std::uint64_t first = std::max(range.first / line_bytes, next);
      const std::uint64_t end = (range.second - 1) / line_bytes + 1;
      if (end > first) sum += end - first;
      next = std::max(next, end);
    }
    return sum;
  }

  [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }

 private:
  std::vector<Range> ranges_;  ///< Sorted, apart from each other.
};

}  // namespace snug
