// expect: note of bool-pack
#include <vector>
typedef bool flag_t;
using Bit = flag_t;
struct Item { flag_t seen; flag_t open; Bit hot; Bit cold; flag_t new_; Bit old; flag_t a; Bit b; flag_t c; int id; };  // before
struct Item { flag_t seen : 1; flag_t open : 1; Bit hot : 1; Bit cold : 1; flag_t new_ : 1; Bit old : 1; flag_t a : 1; Bit b : 1; flag_t c : 1; int id; };  // after
std::vector<Item> items;
int open_count() { int n = 0; for (auto& i : items) if (i.open) ++n; return n; }
