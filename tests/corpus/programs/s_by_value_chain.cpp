// expect: warning of shared-ptr-by-value
// count: 2
#include <memory>
struct Doc { int pages; int words; };
static int words(std::shared_ptr<Doc> d) { return d->words; }  // before
static int pages(std::shared_ptr<Doc> d) { return d->pages + words(d); }  // before
static int words(const std::shared_ptr<Doc>& d) { return d->words; }  // after
static int pages(const std::shared_ptr<Doc>& d) { return d->pages + words(d); }  // after
int weigh(const std::shared_ptr<Doc>& d) { return pages(d) * 2; }
