// Shapes that look alike and are none: nothing here is reported.
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace silent {

struct Pair {
  long a = 0;
  long b = 0;
};

void up(Pair& pair) {
  for (int i = 0; i < 100000; ++i) pair.a++;
}
void down(Pair& pair) {
  for (int i = 0; i < 100000; ++i) pair.b++;
}
void both(Pair& pair) {
  for (int i = 0; i < 100000; ++i) {
    pair.a++;
    pair.b++;
  }
}

// 1. Joined before the next one starts.
void one_after_the_other() {
  Pair pair;
  std::thread first(up, std::ref(pair));
  first.join();
  std::thread second(down, std::ref(pair));
  second.join();
}

// 2. Written before the thread starts and after it has ended.
void before_and_after() {
  Pair pair;
  up(pair);
  std::thread thread(down, std::ref(pair));
  thread.join();
  up(pair);
}

// 3. Both fields under one lock.
struct Account {
  std::mutex mutex;
  long in = 0;
  long out = 0;
};

void under_one_lock() {
  Account account;
  std::thread first([&] {
    for (int i = 0; i < 100000; ++i) {
      const std::lock_guard<std::mutex> guard(account.mutex);
      account.in++;
    }
  });
  std::thread second([&] {
    for (int i = 0; i < 100000; ++i) {
      const std::lock_guard<std::mutex> guard(account.mutex);
      account.out++;
    }
  });
  first.join();
  second.join();
}

// 4. The same function writes both.
void together() {
  Pair pair;
  std::thread first(both, std::ref(pair));
  std::thread second(both, std::ref(pair));
  first.join();
  second.join();
}

// 5. Kept apart already.
struct Apart {
  alignas(64) std::atomic<long> a{0};
  alignas(64) std::atomic<long> b{0};
};

void already_apart() {
  Apart apart;
  std::thread first([&] {
    for (int i = 0; i < 100000; ++i) apart.a++;
  });
  std::thread second([&] {
    for (int i = 0; i < 100000; ++i) apart.b++;
  });
  first.join();
  second.join();
}

// 6. Each thread has an object of its own.
void handed_over() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    auto pair = std::make_unique<Pair>();
    threads.emplace_back([pair = std::move(pair)] {
      up(*pair);
      down(*pair);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// 7. Thread-local.
thread_local Pair own;

void local_to_threads() {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      up(own);
      down(own);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// 8. One final store of each thread.
void final_store() {
  long results[8] = {};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&results, t] {
      long sum = 0;
      for (int i = 0; i < 100000; ++i) sum += i;
      results[t] = sum;
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// 9. Ranges that meet only at their borders.
void fill(std::vector<int>& data, int begin, int end) {
  for (int i = begin; i < end; ++i) data[static_cast<std::size_t>(i)] = i;
}

void chunks() {
  std::vector<int> data(80000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back(fill, std::ref(data), t * 10000, (t + 1) * 10000);
  }
  for (std::thread& thread : threads) thread.join();
}

// 10. Elements of a line each.
struct alignas(64) Slot {
  long count = 0;
};

void padded_elements() {
  std::vector<Slot> slots(8);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&slots, t] {
      for (int i = 0; i < 100000; ++i) slots[t].count++;
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// 11. No threads at all.
void alone() {
  Pair pair;
  up(pair);
  down(pair);
}

}  // namespace silent
