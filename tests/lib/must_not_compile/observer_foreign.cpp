// error: private|deleted
#include <snug/observer.hpp>

struct Row;
struct Other {
#ifdef SNUG_EXPECT_OK
  int a;
#else
  struct Part : snug::observable_value<Row> {
  } a;
#endif
};
struct Row : snug::observable_value<Row> {};
Other other;
