// expect: warning
// Locals next to each other, counted up by two tasks of std::async.
#include <future>
int main() {
  /*after: alignas(64)*/ long evens = 0;
  /*after: alignas(64)*/ long odds = 0;
  auto a = std::async(std::launch::async, [&] {
    for (int i = 0; i < 100000000; i += 2) evens += i;
  });
  auto b = std::async(std::launch::async, [&] {
    for (int i = 1; i < 100000000; i += 2) odds += i;
  });
  a.get();
  b.get();
  return evens == odds;
}
