// expect: warning of empty-member
#include <vector>
struct NoLock { void lock() {} void unlock() {} };
template <class Lock>
struct Bucket {
  void* head = nullptr;
  Lock lock;  // before
  [[no_unique_address]] Lock lock;  // after
};
static std::vector<Bucket<NoLock>> buckets(1024);
void* f(int i) { buckets[i].lock.lock(); return buckets[i].head; }
