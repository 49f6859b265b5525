// What a type may cost is written beside it, and was forgotten when the type grew.
#include <atomic>
#include <cstdint>
#include <string>

// Kept by the million: one cache line, it says.
struct Order {  // snug: max-size(64) // expect: budget "'Order' is 72 bytes, 8 over"
  std::uint64_t id;
  std::string account;
  double price;
  double limit;
  std::uint64_t placed_at;
  std::uint64_t changed_at;
};

/* snug: max-padding(0) */ struct Message {  // expect: budget "4 bytes of padding"
  std::uint64_t sequence;
  std::uint32_t kind;
};

// What the producer writes stays together on a line.
struct alignas(64) Queue {
  char name[56];
  std::atomic<std::uint64_t> head{0};    /* snug: group(producer) */  // expect: budget "'producer'"
  std::atomic<std::uint64_t> cached{0};  // snug: group(producer)
};

std::uint64_t use(const Order& order, const Message& message, const Queue& queue) {
  return order.id + message.sequence + queue.head.load();
}
