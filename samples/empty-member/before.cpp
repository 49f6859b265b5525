// Comparators, allocators, tags and deleters are often empty classes, but an ordinary member takes
// at least one byte, and its neighbours' alignment makes that eight.
#include <cstddef>
#include <functional>

struct FreeDeleter {
  void operator()(void* memory) const noexcept;
};

class Buffer {  // expect: empty-member "deleter_"
 public:
  ~Buffer() { deleter_(data_); }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
  FreeDeleter deleter_;
};

template <class T, class Compare = std::less<T>>
class SortedView {  // expect: empty-member "compare_"
 public:
  bool less(const T& a, const T& b) const { return compare_(a, b); }

 private:
  const T* first_ = nullptr;
  const T* last_ = nullptr;
  Compare compare_;
};

// The tag lies in padding that is there anyway: nothing would shrink.
struct Tag {};
struct Tagged {
  std::size_t value;
  bool set;
  Tag tag;
};

Buffer buffer;
SortedView<int> view;
Tagged tagged;
bool used = view.less(1, 2);
