// error: weak_rc needs a policy with weak references, not no_weak<...>
#include <snug/rc.hpp>

#ifdef SNUG_EXPECT_OK
snug::weak_rc<int, snug::sync> watch;
#else
snug::weak_rc<int, snug::no_weak<snug::sync> > watch;
#endif
