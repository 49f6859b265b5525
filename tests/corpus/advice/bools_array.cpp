// expect: note of bool-pack
#include <vector>
struct Board { bool taken[64]; int score; };  // before
struct Board { unsigned long long taken; int score; };  // after
std::vector<Board> seen;
bool at(const Board& b, int i) { return b.taken[i]; }  // before
bool at(const Board& b, int i) { return (b.taken >> i) & 1; }  // after
int count(const Board& b) { int n = 0; for (int i = 0; i < 64; ++i) n += at(b, i); return n; }
