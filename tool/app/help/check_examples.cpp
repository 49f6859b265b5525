#include "app/help/check_examples.hpp"

#include <array>

namespace snug {
namespace {

struct CheckExample {
  std::string_view id;
  std::string_view program;
};

constexpr auto owned_examples = std::to_array<CheckExample>({
    {"false-sharing", R"(#include <snug/padded.hpp>

#include <atomic>

struct Counters {
  snug::padded<std::atomic<long>> served;  // a cache line each
  snug::padded<std::atomic<long>> dropped;
};

int main() {
  Counters counters;
  counters.served->fetch_add(1);
  return counters.served->load() == 1 ? 0 : 1;
}
)"},
    {"hand-made-lru", R"(#include <snug/lru_cache.hpp>

#include <string>

int main() {
  snug::lru_cache<int, std::string> pages(1000);  // instead of the list and the map
  pages.put(1, "first");
  std::string* page = pages.get(1);
  return page != nullptr && *page == "first" ? 0 : 1;
}
)"},
    {"hot-cold", R"(#include <snug/box.hpp>

#include <string>
#include <vector>

struct Details {  // seldom read
  std::string name, address;
};
struct Account {
  long balance = 0;
  snug::box<Details> details;
};

int main() {
  std::vector<Account> accounts(3);
  accounts[1].details->name = "Ada";
  long sum = 0;
  for (const Account& account : accounts) sum += account.balance;
  return sum == 0 ? 0 : 1;
}
)"},
    {"id-map", R"(#include <snug/slot_map.hpp>

#include <string>

struct Session {
  std::string user;
};

int main() {
  snug::slot_map<Session> sessions;  // snug::gen_arena if addresses must stay
  auto id = sessions.insert({"ada"});
  sessions.erase(id);
  return sessions.get(id) == nullptr ? 0 : 1;  // also after the place was used again
}
)"},
    {"large-variant", R"(#include <snug/compact_variant.hpp>

#include <array>

struct Key {
  int code;
};
struct Snapshot {
  std::array<char, 512> bytes;
};
using Event = snug::compact_variant<Key, snug::boxed<Snapshot>>;

int main() {
  Event event = Key{7};
  const Key* key = event.get_if<Key>();
  return sizeof(Event) <= 16 && key != nullptr && key->code == 7 ? 0 : 1;
}
)"},
    {"last-owner-copy", R"(#include <snug/rc.hpp>

#include <string>
#include <utility>

// Moves the text out of its last owner; copies it where another owner is left.
std::string text_of(snug::rc<std::string> owner) {
  if (auto text = snug::try_unwrap(std::move(owner))) return std::move(*text);
  return *owner;
}

int main() {
  auto alone = snug::make_rc<std::string>("moved");
  auto shared = snug::make_rc<std::string>("copied");
  auto other = shared;
  const bool moved = text_of(std::move(alone)) == "moved";
  return moved && text_of(std::move(shared)) == "copied" && *other == "copied" ? 0 : 1;
}
)"},
    {"node-indirection", R"(#include <snug/intrusive_list.hpp>

struct Job : snug::list_hook<> {
  int id = 0;
};

int main() {
  Job first, second;
  snug::intrusive_list<Job> queue;  // no node for each element
  queue.push_back(first);
  queue.push_back(second);
  queue.erase(first);  // from the element, in constant time
  return queue.size() == 1 ? 0 : 1;
}
)"},
    {"repeated-strings", R"(#include <snug/interner.hpp>

struct Order {
  snug::symbol currency;  // 4 bytes
};

int main() {
  snug::interner names;
  Order a{names.intern("EUR")}, b{names.intern("EUR")};
  return a.currency == b.currency && names.resolve(a.currency) == "EUR" ? 0 : 1;
}
)"},
    {"shared-ptr-by-value", R"(#include <snug/rc.hpp>

struct Config {
  int limit = 5;
};

int limit_of(snug::borrow<const Config> config) { return config->limit; }  // counts nothing

int main() {
  auto config = snug::make_rc<Config>();
  return limit_of(config) == 5 ? 0 : 1;
}
)"},
    {"shared-ptr-copy-in-loop", R"(#include <snug/rc.hpp>

#include <vector>

struct Shape {
  int area = 2;
};

int area_of(snug::borrow<const Shape> shape) { return shape->area; }

int main() {
  std::vector<snug::rc<Shape>> shapes(3, snug::make_rc<Shape>());
  int sum = 0;
  for (const auto& shape : shapes) sum += area_of(shape);  // no count changes
  return sum == 6 && shapes[0].use_count() == 3 ? 0 : 1;
}
)"},
    {"shared-ptr-cycle", R"(#include <snug/rc.hpp>

struct Child;
struct Parent {
  snug::rc<Child> child;
};
struct Child {
  snug::weak_rc<Parent> parent;  // owns nothing, so that there is no cycle
};

int main() {
  auto parent = snug::make_rc<Parent>();
  parent->child = snug::make_rc<Child>();
  parent->child->parent = parent;
  return parent->child->parent.lock() == parent ? 0 : 1;
}
)"},
    {"shared-ptr-new", R"(#include <snug/rc.hpp>

struct Node {
  explicit Node(int n) : value(n) {}
  int value;
};

int main() {
  auto node = snug::make_rc<Node>(7);  // one allocation: 8 bytes of counts, then the object
  snug::rc<Node> other = node;
  return other->value == 7 && node.use_count() == 2 ? 0 : 1;
}
)"},
    {"soa-candidate", R"(#include <snug/soa_vector.hpp>

struct Particle {
  float x, y, z, mass;
};

int main() {
  snug::soa_vector<Particle> particles;
  particles.push_back({0, 0, 0, 2});
  particles.push_back({1, 1, 1, 3});
  float sum = 0;
  for (float mass : particles.col<&Particle::mass>()) sum += mass;
  return sum == 5 ? 0 : 1;
}
)"},
});

}  // namespace

std::string_view check_example(std::string_view id) {
  for (const CheckExample& example : owned_examples) {
    if (example.id == id) {
      return example.program;
    }
  }
  return {};
}

std::string_view check_example_cmake() {
  return "find_package(snug REQUIRED)\ntarget_link_libraries(program PRIVATE snug::runtime)\n";
}

std::string indented_lines(std::string_view lines, int indent) {
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    out += line.empty() ? "" : std::string(static_cast<std::size_t>(indent), ' ');
    out += line;
    out += '\n';
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
  }
  return out;
}

}  // namespace snug
