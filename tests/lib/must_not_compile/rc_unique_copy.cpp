// error: deleted
#include <snug/rc.hpp>

#include <utility>

auto once = snug::make_unique_ref<int>(1);
#ifdef SNUG_EXPECT_OK
auto twice = std::move(once);
#else
auto twice = once;
#endif
