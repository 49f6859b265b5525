// Project: RocksDB, commit 9983eecdfb (#9637).
// Mend: the mutex of the database gets lines of its own.
#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

class TraceWriter;

class BlockCacheTracer {
 public:
  bool is_tracing_enabled() const { return writer_.load(std::memory_order_relaxed) != nullptr; }

 private:
  std::atomic<TraceWriter*> writer_{nullptr};
};

class InstrumentedMutex {
 public:
  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
  int stats_code_ = 0;
};

class alignas(64) CacheAlignedInstrumentedMutex : public InstrumentedMutex {
  char padding[64 - sizeof(InstrumentedMutex) % 64];
};

bool lookup(std::uint64_t key, bool traced);

class DB {
 public:
  bool get(std::uint64_t key) { return lookup(key, block_cache_tracer_.is_tracing_enabled()); }
  void write(std::uint64_t bytes) {
    const std::lock_guard<InstrumentedMutex> guard(mutex_);
    bytes_written_ += bytes;
    ++last_sequence_;
  }
  std::uint64_t last_sequence() {
    const std::lock_guard<InstrumentedMutex> guard(mutex_);
    return last_sequence_;
  }

 private:
  BlockCacheTracer block_cache_tracer_;
  CacheAlignedInstrumentedMutex mutex_;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t bytes_written_ = 0;
};

void read_keys(DB* db) {
  for (std::uint64_t key = 0; key < 1000000; ++key) db->get(key);
}

void write_keys(DB* db) {
  for (int i = 0; i < 1000000; ++i) db->write(100);
}

int main() {
  DB* const db = new DB;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(read_keys, db);
  for (int i = 0; i < 2; ++i) threads.emplace_back(write_keys, db);
  for (std::thread& thread : threads) thread.join();
  const bool good = db->last_sequence() == 2000000;
  delete db;
  return good ? 0 : 1;
}
