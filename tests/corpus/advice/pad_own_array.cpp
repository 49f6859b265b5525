// expect: warning of padding
#include <cstdlib>
template <class T> class Bag {
  T* items = nullptr; int count = 0, room = 0;
public:
  T& operator[](int i) { return items[i]; }
  void push(const T& t) { if (count == room) { room = room ? room * 2 : 16; items = static_cast<T*>(std::realloc(items, sizeof(T) * static_cast<unsigned long>(room))); } items[count++] = t; }
};
struct Edge { bool used; double w; bool cut; int to; bool back; };  // before
struct Edge { double w; int to; bool used; bool cut; bool back; };  // after
struct Graph { Bag<Edge> edges; };
static Graph g;
int main(int argc, char**) { for (int i = 0; i < argc; ++i) g.edges.push(Edge{}); return g.edges[0].to; }
