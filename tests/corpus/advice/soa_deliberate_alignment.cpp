// expect: nothing of soa-candidate
#include <vector>
#include <atomic>
struct alignas(64) Shard { long hits; long misses; };
long sum(const std::vector<Shard>& shards) { long s = 0; for (const auto& x : shards) s += x.hits; return s; }
