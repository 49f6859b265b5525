#pragma once
// Streams of bytes as operations: one function per container reads operations from a stream and
// compares the container with a model; rapidcheck and the fuzzer both feed it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace snug_test {

class op_stream {
 public:
  op_stream(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  bool more() const { return at_ != end_; }
  // The next byte, or 0 when there are no more.
  std::uint8_t byte() { return at_ == end_ ? std::uint8_t{0} : *at_++; }
  // A number below `bound` (bound > 0).
  std::size_t below(std::size_t bound) { return byte() % bound; }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

// The model and the container differ: an exception for rapidcheck, which then shrinks the stream;
// the end of the program for a fuzzer.
inline void require_same(bool same, const char* what, int line) {
  if (same) return;
#ifdef SNUG_FUZZING
  std::fprintf(stderr, "line %d: not true: %s\n", line, what);
  std::abort();
#else
  throw std::logic_error("line " + std::to_string(line) + ": not true: " + what);
#endif
}
#define SNUG_SAME(...) \
  ::snug_test::require_same(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)

}  // namespace snug_test
