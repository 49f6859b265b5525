#include "app/stopwatch.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

namespace snug {

void Stopwatch::lap(std::string step) {
  const Clock::time_point now = Clock::now();
  timings_.push_back({std::move(step), std::chrono::duration<double>(now - last_).count()});
  last_ = now;
}

void Stopwatch::print(std::ostream& out) const {
  for (const Timing& timing : timings_) {
    fmt::print(out, "snug: {:8.3f} s  {}\n", timing.seconds, timing.step);
  }
}

}  // namespace snug
