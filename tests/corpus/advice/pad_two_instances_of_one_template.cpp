// expect: warning of padding
// count: 1
#include <vector>
#include <string>
template <class K> struct Slot { bool used; K key; bool dead; long value; bool moved; };  // before
template <class K> struct Slot { K key; long value; bool used; bool dead; bool moved; };  // after
static std::vector<Slot<long>> a; static std::vector<Slot<double>> b; static std::vector<Slot<void*>> c; static std::vector<Slot<unsigned long>> d;
long all() { long n = 0; for (auto& s : a) n += s.value; for (auto& s : b) n += s.value; for (auto& s : c) n += s.value; for (auto& s : d) n += s.value; return n; }
