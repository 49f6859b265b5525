// expect: silent of large-variant
#include <array>
#include <string>
#include <variant>
struct Error { int code; };
struct Page { std::array<char, 4096> bytes; };
static std::variant<Error, Page> load(int id) {
  if (id < 0) return Error{id};
  return Page{};
}
int first(int id) {
  std::variant<Error, Page> page = load(id);
  return std::holds_alternative<Page>(page) ? std::get<Page>(page).bytes[0] : -1;
}
