// What every header of the library agrees on: how to fail, and how to live without exceptions.
//
// Nothing here is part of the interface except three macros that a user may define before the first
// include, the same way in every file of a program:
//
//   SNUG_CHECKED            1 or 0: check preconditions and abort with a sentence when one is
//   broken.
//                           Default: 1 unless NDEBUG is defined. It never changes a layout.
//   SNUG_CACHE_LINE         the cache line, in bytes (see padded.hpp).
//   SNUG_TRACK              1 or 0: count accesses (see tracked_ptr.hpp).
//   SNUG_NO_DEPRECATED      if defined: no warnings for names that a later major version drops.
#pragma once

#include <cstdio>
#include <cstdlib>

// The version of the library: major * 10000 + minor * 100 + patch.
#define SNUG_RUNTIME_VERSION 100

// Before a name that is going to be dropped: what to use instead.
#ifdef SNUG_NO_DEPRECATED
#define SNUG_DEPRECATED(instead)
#else
#define SNUG_DEPRECATED(instead) [[deprecated(instead)]]
#endif

#ifndef SNUG_CHECKED
#ifdef NDEBUG
#define SNUG_CHECKED 0
#else
#define SNUG_CHECKED 1
#endif
#endif

// Whether this file is compiled with exceptions.
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define SNUG_EXCEPTIONS 1
#define SNUG_TRY try
#define SNUG_CATCH_ALL catch (...)
#define SNUG_RETHROW throw
#else
#define SNUG_EXCEPTIONS 0
#define SNUG_TRY if constexpr (true)
#define SNUG_CATCH_ALL else
#define SNUG_RETHROW static_cast<void>(0)
#endif

// Sanitizers that need help: ThreadSanitizer does not model fences, AddressSanitizer is told what
// an arena has given away.
#if defined(__SANITIZE_THREAD__)
#define SNUG_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SNUG_TSAN 1
#endif
#endif
#ifndef SNUG_TSAN
#define SNUG_TSAN 0
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SNUG_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SNUG_ASAN 1
#endif
#endif
#ifndef SNUG_ASAN
#define SNUG_ASAN 0
#endif

// NOINLINE is for what hardly ever runs, OUT_OF_LINE for what runs, but must not grow its callers.
#if defined(__GNUC__) || defined(__clang__)
#define SNUG_NOINLINE __attribute__((noinline, cold))
#define SNUG_OUT_OF_LINE __attribute__((noinline))
#define SNUG_ALWAYS_INLINE inline __attribute__((always_inline))
#elif defined(_MSC_VER)
#define SNUG_NOINLINE __declspec(noinline)
#define SNUG_OUT_OF_LINE __declspec(noinline)
#define SNUG_ALWAYS_INLINE __forceinline
#else
#define SNUG_NOINLINE
#define SNUG_OUT_OF_LINE
#define SNUG_ALWAYS_INLINE inline
#endif

#if defined(_MSC_VER) && !defined(__clang__)
#define SNUG_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#else
#define SNUG_NO_UNIQUE_ADDRESS [[no_unique_address]]
#endif

namespace snug::detail {

// Ends the program with a sentence on the standard error stream. Never returns, allocates nothing.
[[noreturn]] SNUG_NOINLINE inline void fatal(const char* sentence) noexcept {
  std::fputs("snug: ", stderr);
  std::fputs(sentence, stderr);
  std::fputc('\n', stderr);
  std::abort();
}

}  // namespace snug::detail

// Precondition: checked when SNUG_CHECKED is 1, free otherwise. The sentence says what was broken.
#if SNUG_CHECKED
#define SNUG_EXPECTS(condition, sentence) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::snug::detail::fatal(sentence))
#else
#define SNUG_EXPECTS(condition, sentence) static_cast<void>(0)
#endif
