// expect: warning of large-variant flags: -std=c++23
#include <expected>
#include <vector>
#include <array>
struct Diagnostic { char file[128]; char text[256]; int line; };
using Result = std::expected<int, Diagnostic>;  // before
using Result = std::expected<int, Diagnostic*>;  // after
Result parse(const char* text) {
  if (text[0] >= '0' && text[0] <= '9') return text[0] - '0';
  if (text[0] == '-') return -(text[1] - '0');
  if (text[0] == '+') return text[1] - '0';
  if (text[0] == ' ') return 0;
  return std::unexpected(Diagnostic{});  // before
  return std::unexpected(new Diagnostic{});  // after
}
std::vector<Result> results;
void all(const char* const* texts, int n) { for (int i = 0; i < n; ++i) results.push_back(parse(texts[i])); }
