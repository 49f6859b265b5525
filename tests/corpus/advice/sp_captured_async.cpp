// expect: nothing of shared-ptr-by-value
#include <memory>
#include <thread>
struct Work { int n; };
std::thread launch(std::shared_ptr<Work> w) { return std::thread([w] { w->n += 1; }); }
