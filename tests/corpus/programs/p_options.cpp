// expect: note of padding
#include <string>
struct Options {
  bool verbose;  // before
  std::string input;
  bool force;  // before
  std::string output;
  int jobs;
  bool verbose, force;  // after
};
static Options parse(int argc, char** argv) {
  Options o{};
  for (int i = 1; i < argc; ++i) { if (argv[i][0] == '-') o.verbose = true; else o.input = argv[i]; }
  return o;
}
int main(int argc, char** argv) {
  const Options o = parse(argc, argv);
  return o.jobs;
}
