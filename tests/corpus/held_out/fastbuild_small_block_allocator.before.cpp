// Project: FASTBuild, #1154 (SmallBlockAllocator).
// Fault: buckets of neighbouring sizes, each with its mutex and free list, share lines.
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

class MemPoolBlock {
 public:
  MemPoolBlock(std::size_t size) : block_size_(static_cast<std::uint32_t>(size)) {}
  virtual ~MemPoolBlock() = default;
  void* alloc() {
    if (free_chain_ == nullptr) free_chain_ = new_page();
    FreeBlock* const block = free_chain_;
    free_chain_ = block->next;
    return block;
  }
  void free(void* memory) {
    FreeBlock* const block = static_cast<FreeBlock*>(memory);
    block->next = free_chain_;
    free_chain_ = block;
  }

 protected:
  struct FreeBlock {
    FreeBlock* next;
  };
  FreeBlock* new_page() {
    auto* const page = static_cast<unsigned char*>(::operator new(65536));
    FreeBlock* first = nullptr;
    for (std::size_t at = 0; at + block_size_ <= 65536; at += block_size_)
      first = new (page + at) FreeBlock{first};
    return first;
  }
  FreeBlock* free_chain_ = nullptr;
  std::uint32_t block_size_;
};

class MemBucket : public MemPoolBlock {
 public:
  using MemPoolBlock::MemPoolBlock;
  std::mutex mutex;
};

static MemBucket buckets[] = {MemBucket(16), MemBucket(32), MemBucket(48), MemBucket(64)};

static void* small_alloc(std::size_t size) {
  MemBucket& bucket = buckets[(size - 1) / 16];
  const std::lock_guard<std::mutex> guard(bucket.mutex);
  return bucket.alloc();
}

static void small_free(void* memory, std::size_t size) {
  MemBucket& bucket = buckets[(size - 1) / 16];
  const std::lock_guard<std::mutex> guard(bucket.mutex);
  bucket.free(memory);
}

static void build_strings() {
  for (int i = 0; i < 1000000; ++i) small_free(small_alloc(24), 24);
}

static void build_nodes() {
  for (int i = 0; i < 1000000; ++i) small_free(small_alloc(48), 48);
}

int main() {
  std::vector<std::thread> threads;
  threads.emplace_back(build_strings);
  threads.emplace_back(build_nodes);
  for (std::thread& thread : threads) thread.join();
}
