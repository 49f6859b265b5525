// Runs every interleaving of a few threads, for tests of lock-free protocols.
//
// The protocol under test takes its atomics as a template parameter; a test instantiates it with
// `model_atomics` in place of `std::atomic`. Then each atomic operation is a point at which the
// scheduler may go on with any other thread, and `explore` runs the scenario once for every
// possible choice (stateless model checking, depth first). Threads are fibers of one real thread,
// so a schedule is replayed exactly and thousands of them take milliseconds.
//
//     auto result = explore([](scenario& s) {
//       auto box = std::make_shared<my_box<model_atomics>>();     // fresh state for each schedule
//       s.thread([box] { box->put(1); });
//       s.thread([box] { box->put(2); });
//       s.finally([box] { require(box->sum() == 3, "both values arrive"); });
//     });
//     REQUIRE(result.failure == "");      // the first broken `require`, data race or deadlock
//     REQUIRE(result.exhausted);          // every schedule was run
//
// What it sees:
//   - any `require` that is broken in some interleaving;
//   - data races: `model_data` cells (and `race_detector`) are checked against the happens-before
//   order
//     that the memory orders of the atomic operations really make, by vector clocks. A release that
//     was weakened to relaxed is found although the interleavings themselves are sequentially
//     consistent;
//   - deadlocks and lost wake-ups: `wait` sleeps until a `notify` comes, never longer, never
//   shorter;
//   - endless loops: more than `limits::operations` operations in one schedule.
// What it does not see: reorderings of relaxed operations that no interleaving shows. Standalone
// fences are not offered, as ThreadSanitizer does not know them either.
//
// Cost: threads with a and b operations have (a+b)!/(a!b!) schedules: 8 and 8 make 12870. For more,
// set `limits::preemptions`: all schedules with at most that many involuntary switches.
#pragma once

#include <ucontext.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define SNUG_INTERLEAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SNUG_INTERLEAVE_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define SNUG_INTERLEAVE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SNUG_INTERLEAVE_TSAN 1
#endif
#endif
#ifdef SNUG_INTERLEAVE_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef SNUG_INTERLEAVE_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace snug::testing {

// At most this many threads in a scenario; number 0 is the code before and after them.
inline constexpr std::size_t max_threads = 5;

struct limits {
  long schedules = 2'000'000;  // give up (result.exhausted == false) after so many
  long operations = 5'000;     // in one schedule; more is reported as an endless loop
  int preemptions = -1;        // -1: any number
};

struct explore_result {
  long schedules = 0;      // how many were run
  bool exhausted = false;  // whether that was all of them
  std::string failure;     // the first failure, "" if none
  std::string schedule;    // the thread numbers in the order in which they went, for that failure
};

// The threads of one scenario. Made afresh, by the function given to `explore`, for each schedule.
class scenario {
 public:
  void thread(std::function<void()> body) { threads_.push_back(std::move(body)); }
  // Runs after all threads have ended.
  void finally(std::function<void()> body) { finally_ = std::move(body); }

 private:
  friend class scheduler;
  std::vector<std::function<void()>> threads_;
  std::function<void()> finally_;
};

// Counts of the operations each thread is known to have done: the happens-before order.
struct vector_clock {
  std::array<long, max_threads> at{};

  void join(const vector_clock& other) {
    for (std::size_t i = 0; i < max_threads; ++i)
      if (other.at[i] > at[i]) at[i] = other.at[i];
  }
};

// One fiber. Switching tells the sanitizers which stack is in use.
class fiber {
 public:
  static constexpr std::size_t stack_bytes = 256 * 1024;

  fiber() : stack_(new char[stack_bytes]) {
#ifdef SNUG_INTERLEAVE_TSAN
    tsan_ = __tsan_create_fiber(0);
#endif
  }
  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;
  ~fiber() {
#ifdef SNUG_INTERLEAVE_TSAN
    __tsan_destroy_fiber(tsan_);
#endif
  }

  void start_at(void (*entry)()) {
    getcontext(&context_);
    context_.uc_stack.ss_sp = stack_.get();
    context_.uc_stack.ss_size = stack_bytes;
    context_.uc_link = nullptr;
    makecontext(&context_, entry, 0);
  }

  // From the scheduler into this fiber; returns when the fiber goes back.
  void resume() {
#ifdef SNUG_INTERLEAVE_TSAN
    home_tsan_ = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(tsan_, 0);
#endif
#ifdef SNUG_INTERLEAVE_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, stack_.get(), stack_bytes);
#endif
    swapcontext(&home_, &context_);
#ifdef SNUG_INTERLEAVE_ASAN
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
  }

  // The first thing in a fiber.
  void entered() {
#ifdef SNUG_INTERLEAVE_ASAN
    __sanitizer_finish_switch_fiber(nullptr, &home_stack_, &home_bytes_);
#endif
  }

  // From this fiber back to the scheduler; `for_good` when it has ended.
  void suspend([[maybe_unused]] bool for_good = false) {
#ifdef SNUG_INTERLEAVE_TSAN
    __tsan_switch_to_fiber(home_tsan_, 0);
#endif
#ifdef SNUG_INTERLEAVE_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(for_good ? nullptr : &fake, home_stack_, home_bytes_);
#endif
    swapcontext(&context_, &home_);
#ifdef SNUG_INTERLEAVE_ASAN
    __sanitizer_finish_switch_fiber(fake, &home_stack_, &home_bytes_);
#endif
  }

 private:
  std::unique_ptr<char[]> stack_;
  ucontext_t context_{};
  ucontext_t home_{};
#ifdef SNUG_INTERLEAVE_TSAN
  void* tsan_ = nullptr;
  void* home_tsan_ = nullptr;
#endif
#ifdef SNUG_INTERLEAVE_ASAN
  const void* home_stack_ = nullptr;
  std::size_t home_bytes_ = 0;
#endif
};

class scheduler {
 public:
  // The scheduler that runs now, null outside of `explore`.
  static scheduler*& current() {
    static scheduler* instance = nullptr;
    return instance;
  }

  explicit scheduler(limits bounds) : limits_(bounds) {}

  explore_result run(const std::function<void(scenario&)>& make) {
    scheduler* const outer = std::exchange(current(), this);
    explore_result result;
    do {
      run_once(make);
      ++result.schedules;
      if (!failure_.empty()) {
        result.failure = failure_;
        for (const std::size_t thread : trace_) result.schedule += std::to_string(thread);
        break;
      }
      if (!next_schedule()) {
        result.exhausted = true;
        break;
      }
    } while (result.schedules < limits_.schedules);
    current() = outer;
    return result;
  }

  // ---- called from the threads of the scenario ----

  // Before each atomic operation: any thread may go first.
  void yield() {
    if (running_ == 0) return;
    threads_[running_].fiber_->suspend();
  }
  // Until `wake(address)`.
  void block(const void* address) {
    if (running_ == 0) {
      fail("deadlock: the code outside of the threads waits");
      return;
    }
    threads_[running_].blocked_on = address;
    threads_[running_].fiber_->suspend();
  }
  void wake(const void* address, bool all) {
    for (std::size_t i = 1; i <= count_; ++i) {
      if (threads_[i].blocked_on != address) continue;
      threads_[i].blocked_on = nullptr;
      if (!all) return;  // waking the first is enough: which one it is, is a matter of the schedule
    }
  }
  void fail(const std::string& what) {
    if (failure_.empty()) failure_ = what;
  }
  std::size_t running() const { return running_; }
  vector_clock& clock() { return threads_[running_].clock; }
  vector_clock& tick() {
    ++threads_[running_].clock.at[running_];
    return threads_[running_].clock;
  }

 private:
  struct state {
    std::unique_ptr<fiber> fiber_;
    bool done = true;
    const void* blocked_on = nullptr;
    vector_clock clock;
  };
  struct choice {
    std::size_t taken, options;
  };

  void run_once(const std::function<void(scenario&)>& make) {
    failure_.clear();
    trace_.clear();
    depth_ = 0;
    running_ = 0;
    threads_[0].clock = {};
    scenario_ = std::make_unique<scenario>();
    make(*scenario_);
    count_ = scenario_->threads_.size();
    if (count_ >= max_threads) std::abort();
    tick();
    for (std::size_t i = 1; i <= count_; ++i) {
      state& thread = threads_[i];
      if (!thread.fiber_) thread.fiber_ = std::make_unique<fiber>();
      thread.done = false;
      thread.blocked_on = nullptr;
      thread.clock = threads_[0].clock;
      thread.clock.at[i] = 1;
      thread.fiber_->start_at(&scheduler::enter);
    }
    run_threads();
    running_ = 0;
    for (std::size_t i = 1; i <= count_; ++i) threads_[0].clock.join(threads_[i].clock);
    if (failure_.empty() && scenario_->finally_) scenario_->finally_();
    scenario_.reset();
  }

  void run_threads() {
    std::size_t last = 0;
    int preemptions = 0;
    for (long operations = 0;; ++operations) {
      std::array<std::size_t, max_threads> ready{};
      std::size_t options = 0;
      bool unfinished = false;
      bool last_ready = false;
      for (std::size_t i = 1; i <= count_; ++i) {
        if (threads_[i].done) continue;
        unfinished = true;
        if (threads_[i].blocked_on != nullptr) continue;
        ready[options++] = i;
        last_ready = last_ready || i == last;
      }
      if (!unfinished) return;
      if (options == 0) return fail("deadlock: every thread that has not ended waits");
      if (operations > limits_.operations) return fail("endless loop: too many operations");
      std::size_t next = last;
      if (limits_.preemptions >= 0 && last_ready && preemptions >= limits_.preemptions) {
        next = last;
      } else {
        next = ready[choose(options)];
        if (last_ready && next != last) ++preemptions;
      }
      last = running_ = next;
      trace_.push_back(next);
      threads_[next].fiber_->resume();
      running_ = 0;
    }
  }

  // The next branch: as recorded while the prefix is replayed, then the first.
  std::size_t choose(std::size_t options) {
    if (depth_ == choices_.size()) choices_.push_back({0, options});
    choice& now = choices_[depth_++];
    if (now.options != options) std::abort();  // the scenario is not deterministic
    return now.taken;
  }

  bool next_schedule() {
    while (!choices_.empty() && choices_.back().taken + 1 == choices_.back().options)
      choices_.pop_back();
    if (choices_.empty()) return false;
    ++choices_.back().taken;
    return true;
  }

  static void enter() {
    scheduler& self = *current();
    state& thread = self.threads_[self.running_];
    thread.fiber_->entered();
    self.scenario_->threads_[self.running_ - 1]();
    thread.done = true;
    thread.fiber_->suspend(true);
    std::abort();  // a thread that has ended is never resumed
  }

  limits limits_;
  std::unique_ptr<scenario> scenario_;
  std::array<state, max_threads> threads_;
  std::size_t count_ = 0;
  std::size_t running_ = 0;
  std::vector<choice> choices_;
  std::size_t depth_ = 0;
  std::vector<std::size_t> trace_;
  std::string failure_;
};

// Runs `make` and its threads in every interleaving (see the top of this file).
inline explore_result explore(const std::function<void(scenario&)>& make, limits bounds = {}) {
  return scheduler(bounds).run(make);
}

// A condition that must hold in every schedule; for use in threads and in `finally`.
inline void require(bool condition, const char* sentence) {
  if (!condition && scheduler::current() != nullptr) scheduler::current()->fail(sentence);
}

// Lets any other thread go on here, as an atomic operation does.
inline void interleave_here() {
  if (scheduler* s = scheduler::current()) s->yield();
}

// Checks plain accesses: two of them, one a write, must be ordered by happens-before.
class race_detector {
 public:
  void read() { check(false); }
  void write() { check(true); }

 private:
  void check(bool writes) {
    scheduler* const s = scheduler::current();
    if (s == nullptr) return;
    const vector_clock& now = s->clock();
    const std::size_t self = s->running();
    for (std::size_t i = 0; i < max_threads; ++i) {
      if (i == self) continue;
      if (writes_.at[i] > now.at[i]) s->fail("data race: with a write of another thread");
      if (writes && reads_.at[i] > now.at[i])
        s->fail("data race: a write with a read of another thread");
    }
    (writes ? writes_ : reads_).at[self] = now.at[self];
  }

  vector_clock reads_, writes_;
};

// A plain variable whose accesses are checked for data races.
template <class T>
class model_data {
 public:
  model_data() = default;
  explicit model_data(T value) : value_(std::move(value)) { races_.write(); }
  // Reads the other; nobody has accessed the new one yet.
  model_data(const model_data& other) : value_(other.read()) { races_.write(); }
  model_data& operator=(const model_data& other) {
    write() = other.read();
    return *this;
  }
  const T& read() const {
    races_.read();
    return value_;
  }
  T& write() {
    races_.write();
    return value_;
  }

 private:
  mutable race_detector races_;
  T value_{};
};

// Stands in for std::atomic<T>. Outside of `explore` it is a plain variable.
template <class T>
class model_atomic {
 public:
  using value_type = T;
  static constexpr bool is_always_lock_free = true;

  constexpr model_atomic() noexcept = default;
  constexpr model_atomic(T value) noexcept : value_(value) {}
  model_atomic(const model_atomic&) = delete;
  model_atomic& operator=(const model_atomic&) = delete;

  T load(std::memory_order order = std::memory_order_seq_cst) const noexcept {
    step();
    acquire(order);
    return value_;
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst) noexcept {
    step();
    if (scheduler* s = scheduler::current()) {
      released_ = {};
      if (releases(order)) released_ = s->clock();
      s->tick();  // what follows is not released
    }
    value_ = value;
  }
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify(order, [value](T) { return value; });
  }
  T fetch_add(T by, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify(order, [by](T old) { return static_cast<T>(old + by); });
  }
  T fetch_sub(T by, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify(order, [by](T old) { return static_cast<T>(old - by); });
  }
  T fetch_or(T bits, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify(order, [bits](T old) { return static_cast<T>(old | bits); });
  }
  T fetch_and(T bits, std::memory_order order = std::memory_order_seq_cst) noexcept {
    return modify(order, [bits](T old) { return static_cast<T>(old & bits); });
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure) noexcept {
    step();
    if (!(value_ == expected)) {
      acquire(failure);
      expected = value_;
      return false;
    }
    acquire(success);
    release_more(success);
    value_ = desired;
    return true;
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order order = std::memory_order_seq_cst) noexcept {
    return compare_exchange_strong(expected, desired, order, failure_order(order));
  }
  // Never fails without a reason: a spurious failure is the loop once more.
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure) noexcept {
    return compare_exchange_strong(expected, desired, success, failure);
  }
  bool compare_exchange_weak(T& expected, T desired,
                             std::memory_order order = std::memory_order_seq_cst) noexcept {
    return compare_exchange_strong(expected, desired, order);
  }
  // Compares and goes to sleep in one step, as the standard demands.
  void wait(T old, std::memory_order order = std::memory_order_seq_cst) const noexcept {
    step();
    while (value_ == old) {
      scheduler* const s = scheduler::current();
      if (s == nullptr) std::abort();
      s->block(this);
      if (s->running() == 0) return;
    }
    acquire(order);
  }
  void notify_one() noexcept {
    step();
    if (scheduler* s = scheduler::current()) s->wake(this, false);
  }
  void notify_all() noexcept {
    step();
    if (scheduler* s = scheduler::current()) s->wake(this, true);
  }

 private:
  static bool releases(std::memory_order order) {
    return order == std::memory_order_release || order == std::memory_order_acq_rel ||
           order == std::memory_order_seq_cst;
  }
  static bool acquires(std::memory_order order) {
    return order != std::memory_order_relaxed && order != std::memory_order_release;
  }
  static std::memory_order failure_order(std::memory_order order) {
    if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
    if (order == std::memory_order_release) return std::memory_order_relaxed;
    return order;
  }
  static void step() {
    if (scheduler* s = scheduler::current()) {
      s->yield();
      s->tick();
    }
  }
  void acquire(std::memory_order order) const {
    scheduler* const s = scheduler::current();
    if (s != nullptr && acquires(order)) s->clock().join(released_);
  }
  // A read-modify-write goes on with the release sequence, whatever its order.
  void release_more(std::memory_order order) {
    scheduler* const s = scheduler::current();
    if (s == nullptr || !releases(order)) return;
    released_.join(s->clock());
    s->tick();
  }
  template <class F>
  T modify(std::memory_order order, F change) noexcept {
    step();
    acquire(order);
    release_more(order);
    return std::exchange(value_, change(value_));
  }

  T value_{};
  vector_clock released_;
};

// Stands in for std::mutex.
class model_mutex {
 public:
  model_mutex() = default;
  model_mutex(const model_mutex&) = delete;
  model_mutex& operator=(const model_mutex&) = delete;

  void lock() {
    scheduler* const s = scheduler::current();
    if (s != nullptr) s->yield();
    while (locked_) {
      if (s == nullptr) std::abort();
      s->block(this);
      if (s->running() == 0) return;
    }
    locked_ = true;
    if (s != nullptr) s->tick().join(released_);
  }
  bool try_lock() {
    scheduler* const s = scheduler::current();
    if (s != nullptr) s->yield();
    if (locked_) return false;
    locked_ = true;
    if (s != nullptr) s->tick().join(released_);
    return true;
  }
  void unlock() {
    scheduler* const s = scheduler::current();
    if (s != nullptr) s->yield();
    if (s != nullptr) released_ = s->clock();
    locked_ = false;
    if (s == nullptr) return;
    s->tick();  // what follows is not released
    s->wake(this, true);
  }

 private:
  bool locked_ = false;
  vector_clock released_;
};

// The template argument for a protocol: `template <class Atomics> class protocol` uses
// `typename Atomics::template atomic<T>` and `typename Atomics::mutex`.
struct model_atomics {
  template <class T>
  using atomic = model_atomic<T>;
  using mutex = model_mutex;
};

}  // namespace snug::testing
