// expect: note of bool-pack
struct Flags {
  bool a, b, c, d, e, f, g, h;
};
Flags flags[100];
