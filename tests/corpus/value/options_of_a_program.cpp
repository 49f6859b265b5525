// expect: note of padding
struct Options {
  bool verbose;
  double scale;
  bool quiet;
};
static Options options;
int main() { return options.verbose ? 1 : 0; }
