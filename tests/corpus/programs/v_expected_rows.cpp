// expect: warning of large-variant flags: -std=c++23
#include <array>
#include <expected>
#include <string>
#include <vector>
struct Failure { std::array<char, 400> text; int code; };  // before
struct Failure { const char* text; int code; };  // after
using Cell = std::expected<double, Failure>;
struct Row { std::vector<Cell> cells; };
void parse(Row& row, const std::vector<std::string>& fields) {
  for (const std::string& f : fields) {
    if (f.empty()) { row.cells.push_back(0.0); continue; }
    row.cells.push_back(static_cast<double>(f.size()));
  }
}
