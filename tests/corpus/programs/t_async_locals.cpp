// expect: warning of false-sharing flags: -pthread
#include <future>
#include <string>
#include <vector>
struct Result {
  std::size_t vowels = 0;
  alignas(64)  // after
  std::size_t spaces = 0;
};
Result scan(const std::string& text) {
  Result r;
  auto vowels = std::async(std::launch::async, [&] {
    for (char c : text) if (c == 'a' || c == 'e' || c == 'i') ++r.vowels;
  });
  auto spaces = std::async(std::launch::async, [&] {
    for (char c : text) if (c == ' ') ++r.spaces;
  });
  vowels.get();
  spaces.get();
  return r;
}
int main(int argc, char** argv) { return static_cast<int>(scan(argv[argc - 1]).vowels); }
