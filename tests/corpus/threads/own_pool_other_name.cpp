// expect: warning
// The pool hands out work by names of its own.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>
class Crew {
 public:
  explicit Crew(unsigned n) {
    for (unsigned i = 0; i < n; ++i) hands_.emplace_back(&Crew::toil, this);
  }
  void give(std::function<void()> what) {
    std::unique_lock hold(m_);
    todo_.push(std::move(what));
    c_.notify_one();
  }
  void dismiss() {
    {
      std::unique_lock hold(m_);
      over_ = true;
    }
    c_.notify_all();
    for (auto& h : hands_) h.join();
  }
 private:
  void toil() {
    for (;;) {
      std::unique_lock hold(m_);
      c_.wait(hold, [&] { return over_ || !todo_.empty(); });
      if (todo_.empty()) return;
      auto what = std::move(todo_.front());
      todo_.pop();
      hold.unlock();
      what();
    }
  }
  std::vector<std::thread> hands_;
  std::queue<std::function<void()>> todo_;
  std::mutex m_;
  std::condition_variable c_;
  bool over_ = false;
};
struct /*after: alignas(64)*/ Sum { long v = 0; };
int main() {
  std::vector<Sum> sums(6);
  Crew crew(6);
  for (std::size_t i = 0; i < sums.size(); ++i)
    crew.give([&sums, i] { for (int k = 0; k < 10000000; ++k) sums[i].v += k; });
  crew.dismiss();
}
