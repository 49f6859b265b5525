// expect: nothing of soa-candidate
#include <vector>
struct Rec { long key; double a, b, c; };
void emit(const Rec&);
void all(const std::vector<Rec>& rs) { for (auto& r : rs) if (r.key > 0) emit(r); }
