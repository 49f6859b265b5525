// The same types within their budgets.
#include <atomic>
#include <cstdint>
#include <string>

// The time of the last change went to the journal, which has it anyway.
struct Order {  // snug: max-size(64)
  std::uint64_t id;
  std::string account;
  double price;
  double limit;
  std::uint64_t placed_at;
};

/* snug: max-padding(0) */ struct Message {
  std::uint64_t sequence;
  std::uint32_t kind;
  std::uint32_t version;
};

struct alignas(64) Queue {
  std::atomic<std::uint64_t> head{0};    // snug: group(producer)
  std::atomic<std::uint64_t> cached{0};  // snug: group(producer)
  char name[48];
};

std::uint64_t use(const Order& order, const Message& message, const Queue& queue) {
  return order.id + message.sequence + queue.head.load();
}
