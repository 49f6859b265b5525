// Project: ClickHouse, #82697.
// Mend: a counter is an atomic whose type is aligned to 64 bytes.
#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace ProfileEvents {

using Event = std::size_t;
using Count = std::size_t;
struct alignas(64) Counter : public std::atomic<Count> {
  using std::atomic<Count>::atomic;
};

constexpr Event Query = 0;
constexpr Event SelectedRows = 1;
constexpr Event SelectedBytes = 2;
constexpr Event MarkCacheHits = 3;
constexpr Event NetworkSendBytes = 4;
constexpr Event END = 5;

class Counters {
 public:
  explicit Counters(Counter* allocated) : counters_(allocated) {}
  explicit Counters(Counters* parent) : holder_(new Counter[END]{}), parent_(parent) {
    counters_ = holder_.get();
  }
  Counter& operator[](Event event) { return counters_[event]; }
  void increment(Event event, Count amount) {
    Counters* current = this;
    do {
      current->counters_[event].fetch_add(amount, std::memory_order_relaxed);
      current = current->parent_;
    } while (current != nullptr);
  }

 private:
  Counter* counters_ = nullptr;
  std::unique_ptr<Counter[]> holder_;
  Counters* parent_ = nullptr;
};

static Counter global_counters_array[END]{};
static Counters global_counters(global_counters_array);

}  // namespace ProfileEvents

bool read_block(int source);
bool send_block(int sink);

static void read_from_storage(int source) {
  ProfileEvents::Counters of_thread(&ProfileEvents::global_counters);
  while (read_block(source)) {
    of_thread.increment(ProfileEvents::SelectedRows, 8192);
    of_thread.increment(ProfileEvents::SelectedBytes, 65536);
    of_thread.increment(ProfileEvents::MarkCacheHits, 1);
  }
}

static void send_to_clients(int sink) {
  ProfileEvents::Counters of_thread(&ProfileEvents::global_counters);
  while (send_block(sink)) of_thread.increment(ProfileEvents::NetworkSendBytes, 4096);
}

int main() {
  std::vector<std::thread> pool;
  for (int i = 0; i < 8; ++i) pool.emplace_back(read_from_storage, i);
  for (int i = 0; i < 4; ++i) pool.emplace_back(send_to_clients, i);
  for (std::thread& thread : pool) thread.join();
  return ProfileEvents::global_counters[ProfileEvents::Query].load() == 0 ? 0 : 1;
}
