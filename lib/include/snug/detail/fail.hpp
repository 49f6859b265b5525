#pragma once
// How the containers of snug stop: misuse found by a checked mode ends the program with a sentence,
// an error of the caller's data is an exception, or the same sentence and an abort without
// exceptions.

#include <utility>

#include <snug/detail/config.hpp>

namespace snug::detail {

// Throws E(what); with -fno-exceptions prints `what` and aborts.
template <class E>
[[noreturn]] SNUG_NOINLINE void raise([[maybe_unused]] const char* what) {
#if SNUG_EXCEPTIONS
  if constexpr (requires { E(what); }) {
    throw E(what);
  } else {
    throw E();
  }
#else
  fatal(what);
#endif
}

// Runs `undo` when it is destroyed, unless dismissed: the rollback of a step that may throw.
// Works without exceptions too, where it never runs.
template <class F>
class rollback {
 public:
  constexpr explicit rollback(F undo) noexcept : undo_(std::move(undo)) {}
  rollback(const rollback&) = delete;
  rollback& operator=(const rollback&) = delete;
  constexpr ~rollback() {
    if (armed_) undo_();
  }
  constexpr void dismiss() noexcept { armed_ = false; }

 private:
  F undo_;
  bool armed_ = true;
};

}  // namespace snug::detail
