// More shapes in which threads fight over a line.
#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace shapes {

// A counter for each thread, eight to a line.
void count_in_array() {
  std::array<long, 8> counts{};  // expect: false-sharing "elements of 'counts'"
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&counts, t] {
      for (int i = 0; i < 100000; ++i) counts[t]++;
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Workers side by side in a vector.
struct Worker {
  long done = 0;
  void run() {
    for (int i = 0; i < 100000; ++i) done += i;
  }
};

void run_workers() {
  std::vector<Worker> workers(8);  // expect: false-sharing "elements of 'workers'"
  std::vector<std::thread> threads;
  for (Worker& worker : workers) threads.emplace_back(&Worker::run, &worker);
  for (std::thread& thread : threads) thread.join();
}

// Variables that stand next to each other.
std::atomic<long> requests;  // expect: false-sharing "'shapes::requests' and 'shapes::replies'"
std::atomic<long> replies;

void serve() {
  std::thread in([] {
    for (int i = 0; i < 100000; ++i) requests++;
  });
  std::thread out([] {
    for (int i = 0; i < 100000; ++i) replies++;
  });
  in.join();
  out.join();
}

// One thread reports how far it is; another one reads a setting beside it.
struct Progress {
  long done = 0;  // expect: false-sharing "one thread writes the first while another reads"
  long limit = 100000;
};

long watch() {
  Progress progress;
  std::thread worker([&] {
    for (long i = 0; i < 100000; ++i) progress.done = i;
  });
  long sum = 0;
  for (int i = 0; i < 100000; ++i) sum += progress.limit;
  worker.join();
  return sum;
}

// The lock of one thread beside the data of another.
struct Mixed {
  std::mutex mutex;  // expect: false-sharing "of 'shapes::Mixed'"
  long guarded = 0;
  long own = 0;
};

void mix() {
  Mixed mixed;
  std::thread first([&] {
    for (int i = 0; i < 100000; ++i) {
      const std::lock_guard<std::mutex> guard(mixed.mutex);
      mixed.guarded++;
    }
  });
  std::thread second([&] {
    for (int i = 0; i < 100000; ++i) mixed.own++;
  });
  first.join();
  second.join();
}

// The ends of a queue: the producer moves one, the consumer the other.
class Ends {
 public:
  void push() {
    for (int i = 0; i < 100000; ++i) tail_.store(i, std::memory_order_release);
  }
  void pop() {
    for (int i = 0; i < 100000; ++i) head_.store(i, std::memory_order_release);
  }

 private:
  std::atomic<long> head_{0};  // expect: false-sharing "'head_' and 'tail_'"
  std::atomic<long> tail_{0};
};

void move_ends() {
  Ends ends;
  std::thread producer(std::bind(&Ends::push, &ends));
  std::thread consumer(&Ends::pop, &ends);
  producer.join();
  consumer.join();
}

}  // namespace shapes
