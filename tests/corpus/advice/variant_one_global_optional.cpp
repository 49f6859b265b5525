// expect: nothing of large-variant
#include <optional>
struct Options { char path[512]; bool verbose; };
static std::optional<Options> chosen;
int main(int argc, char**) { if (argc > 1) chosen.emplace(); return chosen ? 1 : 0; }
