// What a worker process does: the other side of run_in_workers(), which alone uses it.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "scan/parse/workers.hpp"

namespace snug {

/// What a child does first: it dies with its parent, has a group of its own and its limits
/// (`memory`: bytes), and prints to `output`.
void become_worker(pid_t parent, std::uint64_t memory, int output);

/// Reads numbers of tasks and writes answers until there are no more, or it has grown large.
[[noreturn]] void answer_tasks(const TaskBody& body, int tasks, int result);

}  // namespace snug
