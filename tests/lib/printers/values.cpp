// What the printers of lib/debug/snug_gdb.py must show: printers.py stops in `stop` and prints each
// variable that has a line `// NAME = TEXT`.
#define SNUG_TRACK 1
#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/tracked_ptr.hpp>

#include <array>
#include <utility>

struct point {
  int x = 1;
  int y = 2;
};
struct widget : snug::observable {
  int id = 7;
};
struct plain {
  int id = 8;
  snug::observable_member<plain> observers{this};
};
using large = std::array<long, 5>;
using variant = snug::compact_variant<int, snug::boxed<point>, large>;

void stop() {}

int main() {
  snug::box<point> box;
  // box = box = {value = {x = 1, y = 2}}
  snug::box<int> gone(3);
  snug::box<int> taken = std::move(gone);
  // gone = box (valueless)
  // taken = box = {value = 3}
  snug::rc<int> owner = snug::make_rc<int>(4);
  snug::rc<int> second = owner;
  snug::weak_rc<int> weak = owner;
  // owner = rc (2 owners, 1 weak) = {value = 4}
  // weak = weak_rc (2 owners, 1 weak) = {value = 4}
  snug::rc<int, snug::no_weak<snug::unsync>> alone =
      snug::make_rc<int, snug::no_weak<snug::unsync>>(5);
  // alone = rc (1 owners) = {value = 5}
  snug::rc<long, snug::unsync> local = snug::make_rc<long, snug::unsync>(6L);
  snug::weak_rc<long, snug::unsync> expired = local;
  // expired = weak_rc (expired)
  local.reset();
  // local = rc (empty)
  snug::atomic_rc<int> place(snug::make_rc<int>(9));
  // place = atomic_rc (1 owners, 0 weak) = {value = 9}
  std::atomic<snug::rc<int>> standard(snug::make_rc<int>(9));
  // standard = atomic_rc (1 owners, 0 weak) = {value = 9}
  snug::cow<int> one(1), shared = one, nothing;
  // shared = cow (shared by 2) = {value = 1}
  // nothing = cow (empty)
  snug::lazy<int> made, empty;
  made.set(5);
  // made = lazy = {value = 5}
  // empty = lazy (empty)
  snug::sync_lazy keeps([] { return 6; });
  keeps.get();
  // keeps = sync_lazy = {value = 6}
  widget object;
  plain without_base;
  snug::observer<widget> seen(&object), unseen;
  snug::observer<plain> member = without_base.observers.observe();
  // unseen = observer (null)
  variant small = 5, boxed = point(), big = large{1, 2, 3, 4, 5};
  // small = compact_variant [0] = {value = 5}
  // boxed = compact_variant [1] = {value = {x = 1, y = 2}}
  snug::padded<int> padded(3);
  // padded = padded = {value = 3}
  snug::padded_array<int, 2> workers{1, 2};
  // workers = padded_array of 2 = {[0] = 1, [1] = 2}
  snug::tracked<point> tracked;
  // tracked = tracked = {value = {x = 1, y = 2}}
  snug::slot_map<int> map;
  map.insert(1);
  stop();
  return big.index() == 2 && seen && member ? 0 : 1;
}
