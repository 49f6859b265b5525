// expect: nothing of shared-ptr-new
#include <cstdio>
#include <memory>
struct Log { std::FILE* file; };
std::shared_ptr<Log> make() {
  return std::shared_ptr<Log>(new Log{stderr}, [](Log* l) { std::fflush(l->file); delete l; });
}
std::shared_ptr<int[]> numbers() { return std::shared_ptr<int[]>(new int[10]()); }
