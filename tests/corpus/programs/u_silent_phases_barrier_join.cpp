// expect: silent of false-sharing flags: -pthread
#include <thread>
struct Result { long first = 0; long second = 0; };
int main() {
  Result r;
  {
    std::jthread a([&r] { for (int i = 0; i < 1000000; ++i) r.first += i & 1; });
  }
  {
    std::jthread b([&r] { for (int i = 0; i < 1000000; ++i) r.second += i & 1; });
  }
  return r.first == r.second;
}
