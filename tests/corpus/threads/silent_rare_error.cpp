// expect: silent
#include <thread>
struct Errors { long read = 0; long write = 0; };
static Errors errors;
bool broken(int i);
static void r() {
  for (int i = 0; i < 1000000; ++i)
    if (i > 10) {
      if (broken(i)) ++errors.read;
    }
}
static void w() {
  for (int i = 0; i < 1000000; ++i)
    if (broken(-i)) ++errors.write;
}
int main() {
  std::thread a(r), b(w);
  a.join();
  b.join();
}
