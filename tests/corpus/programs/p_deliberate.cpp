// expect: nothing of padding
#include <atomic>
#include <vector>
struct Slot {
  alignas(64) std::atomic<int> owner;
  alignas(64) std::atomic<long> epoch;
};
static std::vector<Slot> slots(32);
long f(int i) { return slots[i].epoch + slots[i].owner; }
