// expect: silent
#include <thread>
struct Totals { long a = 0; long b = 0; };
void one(Totals& t) { for (int i = 0; i < 100000; ++i) t.a++; }
int main() {
  Totals totals;
  for (int r = 0; r < 4; ++r) {
    std::thread x(one, std::ref(totals));
    x.join();
    for (int i = 0; i < 100000; ++i) totals.b++;
  }
}
