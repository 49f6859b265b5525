// expect: nothing of soa-candidate
#include <vector>
struct Slot { long count; char pad_[56]; };
long sum(const std::vector<Slot>& slots) { long s = 0; for (auto& x : slots) s += x.count; return s; }
