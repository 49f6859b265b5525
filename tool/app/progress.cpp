#include "app/progress.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "base/visible_text.hpp"

namespace snug {

std::string rest_text(const ScanProgress& progress, std::chrono::duration<double> spent) {
  constexpr std::size_t few_units = 3;
  constexpr double early = 2;    // Seconds
  constexpr double minute = 60;  // Seconds
  const std::size_t parsed = progress.done - progress.kept;
  if (progress.done == progress.total || parsed < few_units || spent.count() < early) {
    return "";
  }
  const double rest = spent.count() / static_cast<double>(parsed) *
                      static_cast<double>(progress.total - progress.done);
  // No more digits than are known: whole minutes, tens of seconds, then seconds.
  if (rest > 1.5 * minute) {
    return fmt::format("about {:.0f} min left", rest / minute);
  }
  return rest >= 10 ? fmt::format("about {:.0f} s left", std::round(rest / 10) * 10)
                    : fmt::format("about {:.0f} s left", std::max(1.0, std::round(rest)));
}

ProgressLine::ProgressLine(std::ostream& err, bool shown, unsigned width, std::string what)
    : err_(err), shown_(shown), width_(std::max(width, 20U)), what_(std::move(what)) {}

ProgressLine::~ProgressLine() {
  clear();
}

void ProgressLine::update(const ScanProgress& progress, const std::string& file) {
  if (!shown_) {
    return;
  }
  if (progress.done == progress.kept) {
    parsing_ = Clock::now();
  }
  constexpr std::size_t bar_width = 20;
  const std::size_t filled =
      progress.total == 0 ? bar_width : progress.done * bar_width / progress.total;
  std::string line =
      fmt::format("{} [{}{}] {}/{}", what_, std::string(filled, '#'),
                  std::string(bar_width - filled, ' '), progress.done, progress.total);
  if (progress.kept > 0) {
    line += fmt::format(", {} cached", progress.kept);
  }
  if (const std::string rest = rest_text(progress, Clock::now() - parsing_); !rest.empty()) {
    line += ", " + rest;
  }
  line += " " + visible_text(file.substr(file.rfind('/') + 1));
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
