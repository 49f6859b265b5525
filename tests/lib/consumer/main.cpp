#include "all.cpp"

#include <cstdio>

int main() {
  snug::padded<int> counter{41};
  ++*counter;
  snug::box<int> value(*counter);
  std::puts(*value == 42 ? "ok" : "wrong");
  return *value == 42 ? 0 : 1;
}
