// expect: silent
#include <atomic>
#include <thread>
struct Search { long found_at = 0; long failed_at = 0; };
bool matches(int i);
bool fails(int i);
int main() {
  Search search;
  std::thread a([&] {
    for (int i = 0;; ++i) {
      if (matches(i)) {
        search.found_at = i;
        return;
      }
    }
  });
  for (int i = 0;; ++i) {
    if (fails(i)) {
      search.failed_at = i;
      break;
    }
  }
  a.join();
}
