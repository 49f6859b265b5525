// expect: nothing of shared-ptr-by-value
#include <memory>
struct Event { int id; };
struct Handler { virtual ~Handler() = default; virtual int on(std::shared_ptr<Event> e) = 0; };
struct Counter : Handler { int on(std::shared_ptr<Event> e) override { return e->id; } };
