// error: observer<T>: T derives from a class that is an observable_value
#include <snug/observer.hpp>

struct Row : snug::observable_value<Row> {};
#ifdef SNUG_EXPECT_OK
struct Wide : snug::observable {
#else
struct Wide : Row {
#endif
  int more[10] = {};
};
Wide wide;
snug::observer<Wide> seen = &wide;
