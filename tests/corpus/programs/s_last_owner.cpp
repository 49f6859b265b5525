// expect: note of last-owner-copy
#include <memory>
#include <string>
#include <vector>
struct Report { std::string title; std::vector<int> rows; };
Report finish(std::shared_ptr<Report> r) {
  r->title += " (done)";
  return *r;  // before
  return std::move(*r);  // after
}
