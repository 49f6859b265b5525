// expect: warning of line-straddle
#include <mutex>
#include <vector>
struct alignas(64) Shard {
  std::mutex lock;  // after
  char name[40];
  std::mutex lock;  // before
  long used = 0;
  long limit = 0;
  void* table[6] = {};
};
static std::vector<Shard> shards(16);
void use(unsigned key, long by) {
  Shard& s = shards[key % 16];
  std::lock_guard g(s.lock);
  s.used += by;
}
