// The last owner takes the object out; only if there is another one, it is copied.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <snug/rc.hpp>

using Report = std::vector<std::string>;

Report finish(snug::rc<Report> draft) {
  draft->push_back("end");
  if (auto own = snug::try_unwrap(std::move(draft))) return std::move(*own);
  return *draft;
}

int main() {
  std::size_t lines = 0;
  for (int i = 0; i < 100; ++i) {
    auto draft =
        snug::make_rc<Report>(std::size_t{100}, "a line that is too long for the small buffer");
    lines += finish(std::move(draft)).size();
  }
  std::printf("%zu\n", lines);
}
