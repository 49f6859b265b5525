// expect: warning of false-sharing
// header: tbb_like.h
#include <tbb_like.h>
#include <string>
struct Census {
  long letters = 0;
  alignas(64)  // after
  long digits = 0;
};
long census(const std::string& text) {
  Census c;
  tbb::task_group g;
  g.run([&] { for (char ch : text) if (ch >= 'a' && ch <= 'z') ++c.letters; });
  g.run([&] { for (char ch : text) if (ch >= '0' && ch <= '9') ++c.digits; });
  g.wait();
  return c.letters + c.digits;
}
