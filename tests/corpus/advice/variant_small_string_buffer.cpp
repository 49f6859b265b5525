// expect: nothing of large-variant
#include <cstring>
#include <vector>
#include <utility>
class Str {
  unsigned len_ = 0;
  union { char* heap; char inline_[128]; } u_;
public:
  explicit Str(const char* s) : len_(static_cast<unsigned>(std::strlen(s))) {
    if (len_ < sizeof u_.inline_) std::memcpy(u_.inline_, s, len_ + 1);
    else { u_.heap = new char[len_ + 1]; std::memcpy(u_.heap, s, len_ + 1); }
  }
  const char* get() const { return len_ < sizeof u_.inline_ ? u_.inline_ : u_.heap; }
};
std::vector<Str> names;
void add(const char* s) { names.emplace_back(s); }
