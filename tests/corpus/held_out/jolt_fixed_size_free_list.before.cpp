// Project: Jolt Physics, commit d3c4e3058a (#1136).
// Fault: what get() reads stands between the atomics that every allocation writes.
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

template <class Object>
class FixedSizeFreeList {
  static constexpr std::uint64_t no_object = 0xffffffff;
  struct Storage {
    Object object;
    std::atomic<std::uint32_t> next_free{0};
  };

 public:
  FixedSizeFreeList(std::uint32_t pages, std::uint32_t page_shift)
      : page_size_(1u << page_shift),
        page_shift_(page_shift),
        object_mask_(page_size_ - 1),
        num_pages_(pages),
        pages_(new Storage*[pages]()) {}
  ~FixedSizeFreeList() {
    for (std::uint32_t i = 0; i < num_pages_; ++i) delete[] pages_[i];
    delete[] pages_;
  }

  Object& get(std::uint32_t index) { return storage(index).object; }

  std::uint32_t construct_object() {
    for (;;) {
      std::uint64_t old = first_free_and_tag_.load(std::memory_order_acquire);
      const auto first = static_cast<std::uint32_t>(old);
      if (first == no_object) {
        const std::uint32_t fresh = first_free_in_new_page_.fetch_add(1);
        if ((fresh & object_mask_) == 0) add_page(fresh >> page_shift_);
        return fresh;
      }
      const std::uint64_t tag = allocation_tag_.fetch_add(1, std::memory_order_relaxed);
      if (first_free_and_tag_.compare_exchange_weak(old,
                                                    storage(first).next_free.load() | tag << 32))
        return first;
    }
  }

  void destruct_object(std::uint32_t index) {
    for (;;) {
      std::uint64_t old = first_free_and_tag_.load(std::memory_order_acquire);
      storage(index).next_free.store(static_cast<std::uint32_t>(old));
      const std::uint64_t tag = allocation_tag_.fetch_add(1, std::memory_order_relaxed);
      if (first_free_and_tag_.compare_exchange_weak(old, index | tag << 32)) return;
    }
  }

 private:
  Storage& storage(std::uint32_t index) {
    return pages_[index >> page_shift_][index & object_mask_];
  }
  void add_page(std::uint32_t page) {
    const std::lock_guard<std::mutex> guard(page_mutex_);
    if (page < num_pages_ && pages_[page] == nullptr) pages_[page] = new Storage[page_size_];
  }

  std::atomic<std::uint32_t> allocation_tag_{1};
  std::atomic<std::uint64_t> first_free_and_tag_{no_object};
  std::uint32_t page_size_ = 0;
  std::uint32_t page_shift_ = 0;
  std::uint32_t object_mask_ = 0;
  std::uint32_t num_pages_ = 0;
  std::atomic<std::uint32_t> first_free_in_new_page_{0};
  Storage** pages_ = nullptr;
  std::mutex page_mutex_;
};

struct Node {
  float bounds[24];
  std::uint32_t children[4];
};

float overlap(const Node& node);

static void add_bodies(FixedSizeFreeList<Node>& nodes) {
  for (int i = 0; i < 1000000; ++i) nodes.destruct_object(nodes.construct_object());
}

static void cast_rays(FixedSizeFreeList<Node>& nodes, float& sum) {
  float local = 0;
  for (std::uint32_t i = 0; i < 1000000; ++i) local += overlap(nodes.get(i % 64));
  sum = local;
}

int main() {
  FixedSizeFreeList<Node> nodes(1024, 8);
  for (int i = 0; i < 64; ++i) nodes.construct_object();
  float first = 0;
  std::thread simulation([&] { add_bodies(nodes); });
  std::thread other_simulation([&] { add_bodies(nodes); });
  std::thread query([&] { cast_rays(nodes, first); });
  simulation.join();
  other_simulation.join();
  query.join();
  return first > 0 ? 0 : 1;
}
