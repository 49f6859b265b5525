// expect: note of bool-pack
#include <vector>
struct Style {
  bool bold, italic, underline, strike, blink, reverse, hidden, dim, wide, link;  // before
  bool bold : 1, italic : 1, underline : 1, strike : 1, blink : 1, reverse : 1, hidden : 1, dim : 1, wide : 1, link : 1;  // after
};
struct Glyph { unsigned code; unsigned fg, bg; Style style; };
static std::vector<Glyph> screen;
void clear() { for (Glyph& g : screen) { g.style.bold = false; g.style.link = false; g.code = ' '; } }
