#include "app/progress.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "base/visible_text.hpp"

namespace snug {

ProgressLine::ProgressLine(std::ostream& err, bool shown, unsigned width, std::string what)
    : err_(err), shown_(shown), width_(std::max(width, 20U)), what_(std::move(what)) {}

ProgressLine::~ProgressLine() {
  clear();
}

void ProgressLine::update(std::size_t done, std::size_t total, const std::string& file) {
  if (!shown_) {
    return;
  }
  constexpr std::size_t bar_width = 20;
  const std::size_t filled = total == 0 ? bar_width : done * bar_width / total;
  std::string line = fmt::format("{} [{}{}] {}/{} {}", what_, std::string(filled, '#'),
                                 std::string(bar_width - filled, ' '), done, total,
                                 visible_text(file.substr(file.rfind('/') + 1)));
  line.resize(std::min<std::size_t>(line.size(), width_ - 1));
  clear();
  err_ << line << std::flush;
  dirty_ = true;
}

void ProgressLine::clear() {
  if (dirty_) {
    write_raw(err_, "\r\033[K");
    err_ << std::flush;
    dirty_ = false;
  }
}

}  // namespace snug
