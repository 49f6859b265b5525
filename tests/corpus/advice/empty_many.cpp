// expect: warning of empty-member
#include <vector>
struct Less { bool operator()(int a, int b) const { return a < b; } };
struct Heap { Less less; int* first; int n; };  // before
struct Heap { [[no_unique_address]] Less less; int* first; int n; };  // after
static std::vector<Heap> heaps;
void add(int n) { for (int i = 0; i < n; ++i) heaps.push_back(Heap{}); }
