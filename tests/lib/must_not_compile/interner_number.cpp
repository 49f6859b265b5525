// error: symbol
#include <snug/interner.hpp>

#ifdef SNUG_EXPECT_OK
std::string_view name(snug::interner& names, snug::symbol s) {
  return names.resolve(s);
}
#else
std::string_view name(snug::interner& names, int s) {
  return names.resolve(s);
}
#endif
