// The same with [[no_unique_address]]: the empty members take no byte of their own.
#include <cstddef>
#include <functional>

struct FreeDeleter {
  void operator()(void* memory) const noexcept;
};

class Buffer {
 public:
  ~Buffer() { deleter_(data_); }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
  [[no_unique_address]] FreeDeleter deleter_;
};
static_assert(sizeof(Buffer) == 2 * sizeof(void*));

template <class T, class Compare = std::less<T>>
class SortedView {
 public:
  bool less(const T& a, const T& b) const { return compare_(a, b); }

 private:
  const T* first_ = nullptr;
  const T* last_ = nullptr;
  [[no_unique_address]] Compare compare_;
};
static_assert(sizeof(SortedView<int>) == 2 * sizeof(void*));

Buffer buffer;
SortedView<int> view;
bool used = view.less(1, 2);
