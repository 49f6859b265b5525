// error: atomic_rc is for threads: the policy must be sync or no_weak<sync>
#include <snug/rc.hpp>

#ifdef SNUG_EXPECT_OK
snug::atomic_rc<int> shared;
#else
snug::atomic_rc<int, snug::unsync> shared;
#endif
