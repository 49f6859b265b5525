// expect: warning of false-sharing
#include <thread>
struct Pair { volatile long a = 0, b = 0; };  // before
struct Pair { alignas(64) volatile long a = 0; alignas(64) volatile long b = 0; };  // after
static Pair pair_;
static void count_a() { for (long i = 0; i < 1000000; ++i) pair_.a = pair_.a + 1; }
static void count_b() { for (long i = 0; i < 1000000; ++i) pair_.b = pair_.b + 1; }
using Entry = void (*)();
static Entry entry_for(int side) { return side == 0 ? count_a : count_b; }
int main() { std::thread x(entry_for(0)), y(entry_for(1)); x.join(); y.join(); }
