// error: deleted
#include <snug/lazy.hpp>

snug::sync_lazy<int> once;
#ifdef SNUG_EXPECT_OK
snug::sync_lazy<int>& twice = once;
#else
snug::sync_lazy<int> twice = once;
#endif
