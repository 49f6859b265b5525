// expect: warning
// Two coroutines, each resumed by a thread of its own.
#include <coroutine>
#include <thread>
struct Job {
  struct promise_type {
    Job get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};
struct Tally {
  long odd = 0;
  /*after: alignas(64)*/ long even = 0;
};
Job count_odd(Tally& tally) {
  for (long i = 0; i < 10000000; ++i) tally.odd += i & 1;
  co_return;
}
Job count_even(Tally& tally) {
  for (long i = 0; i < 10000000; ++i) tally.even += 1 - (i & 1);
  co_return;
}
int main() {
  Tally tally;
  Job first = count_odd(tally);
  Job second = count_even(tally);
  std::thread a([&first] { first.handle.resume(); });
  std::thread b([&second] { second.handle.resume(); });
  a.join();
  b.join();
  return tally.odd == tally.even;
}
