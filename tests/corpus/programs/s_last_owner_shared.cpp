// expect: nothing of last-owner-copy
#include <memory>
#include <vector>
struct Report { std::vector<int> rows; };
struct Store {
  std::shared_ptr<Report> current = std::make_shared<Report>();
  Report snapshot() const { return *current; }
};
Report f(const Store& s) { return s.snapshot(); }
