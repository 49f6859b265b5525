// error: observer<T> needs T to derive from snug::observable (publicly, not virtually)
#include <snug/observer.hpp>

#ifdef SNUG_EXPECT_OK
struct Window : snug::observable {};
#else
struct Window {
  operator const snug::observable*() const;
};
#endif
Window window;
snug::observer<Window> seen = &window;
