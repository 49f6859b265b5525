// 36 bytes an entry, allocated once.
#include <cstdio>

#include <snug/lru_cache.hpp>

class SquareCache {
 public:
  explicit SquareCache(std::size_t capacity) : entries_(capacity) {}

  long get(long n) {
    return entries_.get_or_make(n, [this](long key) {
      ++computed_;
      return key * key;
    });
  }
  long computed() const { return computed_; }

 private:
  long computed_ = 0;
  snug::lru_cache<long, long> entries_;
};

int main() {
  SquareCache cache(100);
  long sum = 0;
  for (long i = 0; i < 20000; ++i) sum += cache.get(i * i % 331);
  std::printf("%ld %ld\n", sum, cache.computed());
}
