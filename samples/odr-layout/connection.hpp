// A header that lays its type out by a macro: every unit has to agree on it.
#pragma once

#include <cstdint>

struct Connection {  // expect: odr-layout "'Connection'"
#ifdef WITH_STATISTICS
  std::uint64_t bytes_sent;
#endif
  std::uint64_t peer;
  std::uint32_t state;
  std::uint32_t flags;
};

void close(Connection& connection);
