// expect: silent
#include <thread>
#include <vector>
struct Base { long seen = 0; };
struct Derived : Base { long kept = 0; void go() { for (int i = 0; i < 100000; ++i) { ++seen; ++kept; } } };
int main() {
  Derived d;
  std::thread t([&d] { d.go(); });
  t.join();
}
