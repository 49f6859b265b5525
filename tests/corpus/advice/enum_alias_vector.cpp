// expect: warning of enum-size
#include <vector>
enum class Color { Red, Green, Blue };  // before
enum class Color : unsigned char { Red, Green, Blue };  // after
typedef Color Paint;
using Ink = Paint;
struct Pixel { Ink a; Paint b; short x; short y; };
std::vector<Pixel> pixels;
void draw(int n) { for (int i = 0; i < n; ++i) pixels.push_back({Color::Red, Color::Blue, 1, 2}); }
