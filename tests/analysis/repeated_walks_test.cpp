#include <catch2/catch.hpp>

#include <map>

#include "analysis/element_loops.hpp"
#include "analysis/repeated_walks.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// Whether the loop over `P` in each function comes to the same elements again.
std::map<std::string, bool> repeated(const std::string& text) {
  TextUnit unit("#include <vector>\nstruct P { double a, b, c, d, e, f; };\n" + text);
  const Model model = unit.scan();
  std::map<std::string, bool> found;
  for (const ElementType& type : find_element_loops(model, 4)) {
    if (type.record->name != "P") continue;
    for (const ElementLoop& loop : type.loops) {
      if (loop.random) continue;
      const std::string& name = loop.function->name;
      found[name.substr(0, name.find('('))] |= loop.repeated;
    }
  }
  return found;
}

using Answers = std::map<std::string, bool>;

}  // namespace

TEST_CASE("repeated walks: a loop around that goes over the same container") {
  CHECK(repeated(R"(
double steps(std::vector<P>& ps, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) for (auto& p : ps) s += p.a;
  return s;
}
double indexed(P* ps, int n, int m) {
  double s = 0;
  for (int t = 0; t < n; ++t) for (int i = 0; i < m; ++i) s += ps[i].a;
  return s;
}
double pairs(std::vector<P>& ps) {
  double s = 0;
  for (auto& q : ps) for (auto& p : ps) s += q.a * p.b;
  return s;
}
double blocks(std::vector<std::vector<P>>& all, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) for (auto& ps : all) for (auto& p : ps) s += p.a;
  return s;
}
double at_times(std::vector<P>& ps, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) if (t % 8 == 0) for (auto& p : ps) s += p.a;
  return s;
}
double once(std::vector<P>& ps) {
  double s = 0;
  for (auto& p : ps) s += p.a;
  return s;
}
)") == Answers{{"steps", true},
               {"indexed", true},
               {"pairs", true},
               {"blocks", true},
               {"once", false},
               {"at_times", false}});
}

TEST_CASE("repeated walks: each round of the loop around has elements of its own") {
  CHECK(repeated(R"(
struct Level { std::vector<P> ps; int begin, end; };
double levels(std::vector<Level>& all) {
  double s = 0;
  for (auto& level : all) for (auto& p : level.ps) s += p.a;
  return s;
}
double by_index(std::vector<Level>& all) {
  double s = 0;
  for (unsigned i = 0; i < all.size(); ++i) for (auto& p : all[i].ps) s += p.a;
  return s;
}
double rows(P* ps, const int* offsets, int n) {
  double s = 0;
  for (int v = 0; v < n; ++v) for (int i = offsets[v]; i < offsets[v + 1]; ++i) s += ps[i].a;
  return s;
}
double chunks(P* ps, int n, int k) {
  double s = 0;
  int begin = 0;
  for (int v = 0; v < n; ++v) {
    for (int i = begin; i < begin + k; ++i) s += ps[i].a;
    begin += k;
  }
  return s;
}
double merged(P* ps, const double* keys, int n, int m) {
  double s = 0;
  int i = 0;
  for (int v = 0; v < n; ++v) for (; i < m; ++i) s += ps[i].a * keys[v];
  return s;
}
double fresh(int n) {
  double s = 0;
  for (int v = 0; v < n; ++v) {
    std::vector<P> ps(n);
    for (auto& p : ps) s += p.a;
  }
  return s;
}
)") == Answers{{"levels", false},
               {"by_index", false},
               {"rows", false},
               {"chunks", false},
               {"merged", false},
               {"fresh", false}});
}

TEST_CASE("repeated walks: through calls") {
  CHECK(repeated(R"(
double sum(const std::vector<P>& ps) {
  double s = 0;
  for (auto& p : ps) s += p.a;
  return s;
}
double run(const std::vector<P>& ps, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) s += sum(ps);
  return s;
}
double each(const std::vector<P>& ps) {
  double s = 0;
  for (auto& p : ps) s += p.b;
  return s;
}
double all(const std::vector<std::vector<P>>& many) {
  double s = 0;
  for (auto& ps : many) s += each(ps);
  return s;
}
struct World {
  std::vector<P> ps;
  double step() { double s = 0; for (auto& p : ps) s += p.c; return s; }
  double frame() { return step(); }
};
double play(World& world, int n) {
  double s = 0;
  for (int t = 0; t < n; ++t) s += world.frame();
  return s;
}
struct Grid {
  std::vector<std::vector<std::vector<P>>> cells;
  double sweep() {
    double s = 0;
    for (auto& row : cells) for (auto& ps : row) for (auto& p : ps) s += p.e;
    return s;
  }
};
double sweeps(Grid& grid) {
  double s = 0;
  for (int t = 0; t < 100; ++t) s += grid.sweep();
  return s;
}
bool running();
double serve(const std::vector<P>& ps) {
  double s = 0;
  for (auto& p : ps) s += p.d;
  return s;
}
void server(const std::vector<P>& ps) { while (running()) serve(ps); }
)") == Answers{{"sum", true},
               {"each", false},
               {"World::step", true},
               {"Grid::sweep", true},
               {"serve", false}});
}

TEST_CASE("repeated walks: loops whose ranges ask for each other end") {
  Model model;
  Function& function = model.functions.emplace_back();
  function.id = "f";
  function.loops.resize(3);
  for (const std::uint64_t number : {1U, 2U}) {
    Loop& loop = function.loops[number];
    loop.parent = loop.recurs.loop = 0;
    loop.range.root = {RootKind::LoopVariable, "", 3 - number};
  }
  function.loops[2].parent = 1;
  const Path elements{{RootKind::LoopVariable, "", 1}, {}};
  CHECK_FALSE(RepeatedWalks(model).again(function, 2, elements));
}
