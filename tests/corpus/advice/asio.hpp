#pragma once
#include <cstddef>
#include <utility>
namespace asio {
class io_context {
public:
  io_context();
  explicit io_context(int hint);
  ~io_context();
  std::size_t run();
  std::size_t poll();
  void stop();
};
namespace detail {
struct operation {
  operation* next = nullptr;
  virtual ~operation() = default;
  virtual void complete() = 0;
};
template <class F> struct completion final : operation {
  F f;
  explicit completion(F g) : f(std::move(g)) {}
  void complete() override { f(); }
};
void enqueue(io_context& io, operation* op);
}  // namespace detail
template <class F> void post(io_context& io, F f) { detail::enqueue(io, new detail::completion<F>(std::move(f))); }
template <class F> void dispatch(io_context& io, F f) { detail::enqueue(io, new detail::completion<F>(std::move(f))); }
}
