// expect: nothing of shared-ptr-by-value
#include <memory>
struct Node { int v; std::shared_ptr<Node> next; };
int sum(std::shared_ptr<Node> n) { int s = 0; while (n) { s += n->v; n = n->next; } return s; }
