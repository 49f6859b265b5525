// What the answer of a worker process means, and its end without one.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "scan/parse/workers.hpp"

namespace snug {

inline constexpr char mark_result = 'R';
inline constexpr char mark_failure = 'F';
inline constexpr char mark_memory = 'M';
inline constexpr int status_memory = 86;  // Of a child that ran out of memory without telling.

/// What a worker writes before the bytes of an answer.
struct AnswerHead {
  std::uint64_t size = 0;  ///< Of the answer, bytes.
  char mark = '\0';
  std::uint8_t leaves = 0;  ///< 1: it takes no other task.
  std::array<std::uint8_t, 6> unused{};
};

struct WorkerEnd {
  int wait_status = 0;
  bool timed_out = false;
  std::chrono::milliseconds timeout{0};
  std::uint64_t memory = 0;  ///< Bytes; the limit.
};

/// Sets status, bytes and reason of the outcome from an answer. `memory`: the limit, bytes.
void judge_answer(char mark, std::string answer, std::uint64_t memory, TaskOutcome& outcome);

/// The same from how a worker has ended that owes an answer, and from what it has printed last
/// (outcome.output).
void judge_end(const WorkerEnd& end, TaskOutcome& outcome);

}  // namespace snug
