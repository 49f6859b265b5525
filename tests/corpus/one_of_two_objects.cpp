// expect: silent
// Each thread counts in a record of its own: which one, a condition tells.
#include <thread>
struct Counts {
  long reads;
  long writes;
  char rest[240];
};
static Counts even, odd;
static void reads(int number) {
  Counts* mine = number % 2 == 0 ? &even : &odd;
  for (int i = 0; i < 1000000; ++i) mine->reads++;
}
static void writes(int number) {
  Counts* mine = number % 2 == 0 ? &even : &odd;
  for (int i = 0; i < 1000000; ++i) mine->writes++;
}
int main() {
  std::thread one(reads, 0);
  std::thread two(writes, 1);
  one.join();
  two.join();
  return static_cast<int>(even.reads + odd.writes);
}
