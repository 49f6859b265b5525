// expect: nothing of enum-size
#include <vector>
enum Kind { A, B, C };
struct Node { void* data; Kind kind; };
static std::vector<Node> nodes;
void f() { nodes.push_back({nullptr, A}); }
