// A cache made of a list and a map of its iterators: about 100 bytes an entry, two allocations
// each.
#include <cstdio>
#include <list>
#include <unordered_map>
#include <utility>

class SquareCache {  // expect: hand-made-lru "'entries_' and the map 'index_'"
 public:
  explicit SquareCache(std::size_t capacity) : capacity_(capacity) {}

  long get(long n) {
    auto found = index_.find(n);
    if (found != index_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->second;
    }
    ++computed_;
    if (entries_.size() == capacity_) {
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(n, n * n);
    index_[n] = entries_.begin();
    return n * n;
  }
  long computed() const { return computed_; }

 private:
  std::size_t capacity_;
  long computed_ = 0;
  std::list<std::pair<long, long>> entries_;
  std::unordered_map<long, std::list<std::pair<long, long>>::iterator> index_;
};

int main() {
  SquareCache cache(100);
  long sum = 0;
  for (long i = 0; i < 20000; ++i) sum += cache.get(i * i % 331);
  std::printf("%ld %ld\n", sum, cache.computed());
}
