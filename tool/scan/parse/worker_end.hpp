// What the end of a worker process means.
//
// The protocol of the pipe: one byte that says what follows, then the bytes themselves, then the
// end of the stream. A task counts as done only if the byte says so and the child left with status
// 0.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "scan/parse/workers.hpp"

namespace snug {

inline constexpr char mark_result = 'R';
inline constexpr char mark_failure = 'F';
inline constexpr char mark_memory = 'M';
inline constexpr int status_memory = 86;  // Of a child that ran out of memory without telling.

struct WorkerEnd {
  int wait_status = 0;
  bool timed_out = false;
  std::chrono::milliseconds timeout{0};
  std::uint64_t memory = 0;  ///< Bytes; the limit.
};

/// Sets status, bytes and reason of the outcome from what the worker sent, how it ended and what it
/// has printed last (outcome.output).
void judge(const WorkerEnd& end, std::string received, TaskOutcome& outcome);

}  // namespace snug
