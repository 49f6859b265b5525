// Settings of the allocator for a process that takes much memory and gives none back before its
// end.
#pragma once

#include <cstdint>

namespace snug {

/// Lets the heap of all threads grow in large steps and keep what is freed, and asks the system to
/// back its first part with large pages: parsing is a long row of small allocations, and a quarter
/// of its time went into faults of single pages. `most` are the bytes that the process may take:
/// address space that is reserved counts among them, so that it is no more than an eighth of it.
/// Does nothing where the allocator is not glibc's, or is a sanitizer's; the result of the process
/// does not depend on it. REQUIRES: the process has had one thread only.
void prepare_large_heap(std::uint64_t most);

}  // namespace snug
