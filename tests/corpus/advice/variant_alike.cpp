// expect: nothing of large-variant
#include <variant>
#include <vector>
struct Circle { double x, y, r; };
struct Box { double x, y, w, h; };
struct Line { double x0, y0, x1, y1; };
std::vector<std::variant<Circle, Box, Line>> shapes;
void add(int n) { for (int i = 0; i < n; ++i) { shapes.push_back(Circle{}); shapes.push_back(Box{}); shapes.push_back(Line{}); } }
