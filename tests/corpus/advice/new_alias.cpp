// expect: warning of shared-ptr-new
#include <memory>
#include <vector>
namespace geo { struct Poly { std::vector<double> xs; Poly(int n) : xs(static_cast<unsigned long>(n)) {} }; using PolyPtr = std::shared_ptr<Poly>; }
void load(std::vector<geo::PolyPtr>& out, int n) {
  for (int i = 0; i < n; ++i) {
    out.push_back(geo::PolyPtr(new geo::Poly(i)));  // before
    out.push_back(std::make_shared<geo::Poly>(i));  // after
  }
}
