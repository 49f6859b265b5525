#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include <cstdlib>

namespace {

// Programs that the tests start neither read nor fill the results that the user's runs have kept.
const int keep_nothing = ::setenv("XDG_CACHE_HOME", "/dev/null/none", 1);

}  // namespace

#ifdef SNUG_TEST_ADDRESS_SANITIZER
// What AddressSanitizer and its leak check have to know of these programs; ASAN_OPTIONS and
// LSAN_OPTIONS of the environment come after. A front end that crashes is part of the tests, and
// its signal has to arrive as it does without the sanitizer.
extern "C" const char* __asan_default_options() {
  return "handle_segv=0";
}

// libclang's driver keeps the buffer of a response file.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:llvm::WritableMemoryBuffer::getNewUninitMemBuffer\n";
}
#endif
