// expect: nothing of enum-size
#include <vector>
enum class Kind { A, B };
struct Entry { double v; Kind k; };
std::vector<Entry> entries;
