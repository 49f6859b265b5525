#pragma once
#include <cstddef>
#include <functional>
namespace folly {
class Executor { public: virtual ~Executor(); virtual void add(std::function<void()>); };
class CPUThreadPoolExecutor : public Executor {
 public:
  explicit CPUThreadPoolExecutor(std::size_t);
  void add(std::function<void()>) override;
  void join();
};
}
