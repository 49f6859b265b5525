// The result is copied out of an owner that dies in the next moment.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using Report = std::vector<std::string>;

Report finish(std::shared_ptr<Report> draft) {
  draft->push_back("end");
  return *draft;  // expect: last-owner-copy "24 bytes"
}

int main() {
  std::size_t lines = 0;
  for (int i = 0; i < 100; ++i) {
    auto draft = std::make_shared<Report>(100, "a line that is too long for the small buffer");
    lines += finish(std::move(draft)).size();
  }
  std::printf("%zu\n", lines);
}
