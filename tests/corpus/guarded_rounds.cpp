// expect: warning
#include <thread>
struct Counts { long taken = 0; long given = 0; };
bool take(int i);
bool give(int i);
int main() {
  Counts counts;
  std::thread a([&] {  // flip
    for (int i = 0; i < 1000000; ++i) {  // flip
      if (!take(i)) continue;  // flip
      ++counts.taken;  // flip
    }  // flip
  });  // flip
  for (int i = 0; i < 1000000; ++i) {
    if (give(i)) {
      ++counts.given;
    } else {
      break;
    }
  }
  a.join();  // flip
}
