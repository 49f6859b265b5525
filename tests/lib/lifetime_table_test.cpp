// Early and late: the types are used by constructors before main, by destructors of statics after
// main, and by those of a thread's variables while the thread ends, each time after everything that
// the library itself keeps for the program or the thread could be gone.
//
// no row: layout.hpp: has constants and no objects.
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lazy.hpp>
#include <snug/lru_cache.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>
#include <snug/tracked_ptr.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

// One use of a type -> whether all went well. Called several times: the first one makes what the
// library keeps.
struct use {
  const char* name;
  bool (*run)();
};

// --- box.hpp
// --------------------------------------------------------------------------------------
bool use_box() {
  snug::box<std::string> a("a text that is long enough for the heap"), b = a;
  a = std::move(b);
  return a->size() == 39;
}
// --- compact_variant.hpp
// --------------------------------------------------------------------------
bool use_variant() {
  snug::compact_variant<int, std::string> v =
      std::string("a text that is long enough for the heap");
  const auto taken = std::move(v);
  return v.index() == 0 && taken.get<1>().size() == 39;
}
// --- cow.hpp
// --------------------------------------------------------------------------------------
struct alive_value {
  std::string text = "a text that is long enough for the heap";
  int alive = 1;
  ~alive_value() { alive = 0; }
};
bool use_cow() {
  const snug::cow<alive_value> empty;
  snug::cow<alive_value> copy = empty;
  const bool read = empty->alive == 1 && empty->text.size() == 39;
  copy.write().alive = 2;
  return read && copy->alive == 2 && empty->alive == 1;
}
// --- lazy.hpp
// -------------------------------------------------------------------------------------
bool use_lazy() {
  snug::lazy<std::string> a;
  snug::sync_lazy<std::string> b;
  const auto make = [] { return std::string("a text that is long enough for the heap"); };
  return a.get(make).size() == 39 && b.get(make).size() == 39 && b.take()->size() == 39;
}
// --- observer.hpp
// ---------------------------------------------------------------------------------
bool use_observer() {
  struct watched : snug::observable {};
  snug::observer<watched> seen;
  bool was_there = false;
  {
    watched object;
    seen = &object;
    was_there = seen.get() == &object;
  }
  struct follows : snug::observable_value<follows> {};
  snug::observer<follows> follower;
  {
    follows object;
    follower = &object;
    const follows taken = std::move(object);
    was_there = was_there && follower.get() == &taken;
  }
  was_there = was_there && !follower;
  struct with_member {
    snug::observable_member<with_member> observers{this};
  };
  snug::observer<with_member> other;
  {
    with_member object;
    other = object.observers.observe();
    was_there = was_there && other.get() == &object;
  }
  return was_there && !seen && !other;
}
// --- padded.hpp
// -----------------------------------------------------------------------------------
bool use_padded() {
  snug::padded_array<std::string, 2> a{"a text that is long enough for the heap", "b"};
  snug::padded<std::string> alone(a[1]);
  return a[0].size() == 39 && *alone == "b";
}
// --- rc.hpp
// ---------------------------------------------------------------------------------------
bool use_rc() {
  const auto owner = snug::make_rc<std::string>("a text that is long enough for the heap");
  const snug::weak_rc<std::string> weak = owner;
  snug::atomic_rc<std::string> place(owner);
  const bool same = weak.lock() == place.load();
  struct self : snug::enable_rc_from_this<self> {};
  const snug::rc<self> made = snug::make_unique_ref<self>().share();
  snug::unique_ref<std::string> draft = snug::make_unique_ref<std::string>("draft");
  const snug::borrow<std::string> look = owner;
  return same && owner.use_count() == 2 && made->rc_from_this() == made && draft->size() == 5 &&
         look->size() == 39;
}
// --- tracked_ptr.hpp
// ------------------------------------------------------------------------------
struct record {
  int a = 1;
  int b = 2;
};
bool use_tracked() {
  record r;
  const snug::basic_tracked_ptr<record, true> p = &r;
  const auto before = snug::accesses_of<&record::a>();
  p.write<&record::a>(p.read<&record::b>());
  const auto after = snug::accesses_of<&record::a>();
  return after.writes == before.writes + 1 &&
         snug::access_profile().find("record") != std::string::npos &&
         snug::basic_tracked<record, true>(r).read<&record::b>() == 2;
}
// --- interner.hpp
// ---------------------------------------------------------------------------------
bool use_interner() {
  snug::interner alone;
  const snug::symbol first = alone.intern("a text that is long enough for the heap");
  if (alone.resolve(first).size() != 39) return false;
  snug::sync_interner words;
  const auto one = words.intern("a text that is long enough for the heap");
  return words.resolve(one).size() == 39 &&
         words.intern("a text that is long enough for the heap") == one;
}

// --- arena.hpp
// -------------------------------------------------------------------------------------
bool use_arena() {
  snug::arena memory;
  snug::arena_resource resource(memory);
  std::pmr::vector<int> numbers(3, 1, &resource);
  std::vector<int, snug::arena_allocator<int>> more(3, 1, snug::arena_allocator<int>(memory));
  return more.size() == 3 &&
         memory.create<std::string>("a text that is long enough for the heap")->size() == 39 &&
         numbers.size() == 3;
}
// --- intrusive_list.hpp
// ----------------------------------------------------------------------------
// The checked lists take a number from a counter of the program.
struct linked : snug::list_hook<snug::default_tag, true>,
                snug::slist_hook<snug::default_tag, true> {};
bool use_list() {
  linked element;
  snug::intrusive_list<linked, snug::default_tag, true> list;
  snug::intrusive_slist<linked, snug::default_tag, true> other;
  list.push_back(element);
  other.push_back(element);
  const bool right = list.contains(element) && other.size() == 1;
  list.clear();
  other.clear();
  return right;
}
// --- lru_cache.hpp
// ---------------------------------------------------------------------------------
bool use_cache() {
  snug::lru_cache<std::string, int> cache(2);
  cache.put("a text that is long enough for the heap", 1);
  const auto taken = std::move(cache);
  return taken.size() == 1 && cache.get("one") == nullptr;  // asks the table of all empty caches
}
// --- slot_map.hpp
// ----------------------------------------------------------------------------------
bool use_slots() {
  snug::slot_map<std::string> map;
  snug::gen_arena<std::string> other;
  snug::secondary_map<snug::slot_map<std::string>::handle, std::string> beside;
  const auto one = map.insert("a text that is long enough for the heap");
  const auto two = other.insert(map[one]);
  beside.insert_or_assign(one, other[two]);
  return beside.get(one)->size() == 39 && map.erase(one) && other.erase(two);
}
// --- soa_vector.hpp
// --------------------------------------------------------------------------------
struct row {
  std::string text;
  int number;
};
bool use_rows() {
  snug::soa_vector<row> v;
  snug::aosoa_vector<row, 4> w;
  v.push_back({"a text that is long enough for the heap", 1});
  w.push_back(v[0]);
  return v.col<&row::number>()[0] == 1 && w[0].get<&row::text>().size() == 39;
}

const use uses[] = {{"arena", use_arena},
                    {"intrusive_list", use_list},
                    {"lru_cache", use_cache},
                    {"slot_map", use_slots},
                    {"soa_vector", use_rows},
                    {"box", use_box},
                    {"compact_variant", use_variant},
                    {"cow", use_cow},
                    {"lazy", use_lazy},
                    {"observer", use_observer},
                    {"padded", use_padded},
                    {"rc", use_rc},
                    {"tracked_ptr", use_tracked},
                    {"interner", use_interner}};

// Whether all went well before main: this is one of the first constructors of the program.
struct before_main {
  bool right = true;
  before_main() {
    for (const use& one : uses) right = right && one.run();
  }
};
__attribute__((init_priority(101))) before_main early;

template <class F>
int status_of(F program) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    program();
    _exit(99);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Uses the types for the last time when everything made after it is gone.
struct uses_last {
  const use* only = nullptr;
  int* result = nullptr;
  ~uses_last() {
    if (only == nullptr) return;
    const bool right = only->run() && only->run();
    if (result != nullptr) {
      *result = right ? 7 : 8;
    } else {
      _exit(right ? 7 : 8);
    }
  }
};

}  // namespace

TEST_CASE("early: before main") {
  CHECK(early.right);
}

TEST_CASE("late: after main, in the destructor of a static that is older than all of the library") {
  for (const use& one : uses) {
    INFO(one.name);
    CHECK(status_of([&] {
            static uses_last last;  // destroyed after what `run` leaves behind
            last.only = &one;
            if (!one.run()) _exit(9);
            std::exit(0);
          }) == 7);
  }
}

TEST_CASE("late: while a thread ends, in the destructor of its oldest variable") {
  for (const use& one : uses) {
    INFO(one.name);
    int result = 0;
    bool first = false;
    std::thread([&] {
      thread_local uses_last last;
      last.only = &one;
      last.result = &result;
      first = one.run();
    }).join();
    CHECK(first);
    CHECK(result == 7);
    // For the first time in its thread.
    result = 0;
    std::thread([&] {
      thread_local uses_last last;
      last.only = &one;
      last.result = &result;
    }).join();
    CHECK(result == 7);
  }
}

TEST_CASE("late: a sync_lazy that is a constant of the program needs no constructor to run") {
  static constinit snug::sync_lazy<std::string> text;
  static constinit snug::lazy<int> number;
  static constinit snug::rc<int> nothing;
  CHECK(text.get([] { return std::string("made"); }) == "made");
  CHECK(number.get([] { return 1; }) == 1);
  CHECK(!nothing);
}

TEST_CASE("negative control: a value that dies with the statics is seen") {
  CHECK(status_of([&] {
          static const use dies = {"static", [] {
                                     static const alive_value value;
                                     return value.alive == 1;
                                   }};
          static uses_last last;
          last.only = &dies;
          (void)dies.run();
          std::exit(0);
        }) == 8);
}
