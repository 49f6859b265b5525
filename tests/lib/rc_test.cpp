#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/rc.hpp>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "support/dies.hpp"
#include "support/failing_new.hpp"
#include "support/interleave.hpp"
#include "support/throw_at.hpp"

// In the namespace, since rapidcheck's is named rc.
namespace snug {

using namespace testing;

namespace {

struct base {
  virtual ~base() = default;
  int value = 1;
};
struct derived : base {
  explicit derived(int v) { value = v; }
  sturdy member{7};
};
struct alignas(64) wide {
  char bytes[64];
};

static_assert(sizeof(rc<int>) == sizeof(void*), "an owner is one pointer");
static_assert(sizeof(weak_rc<int>) == sizeof(void*), "a weak reference is one pointer");
static_assert(sizeof(borrow<int>) == sizeof(void*), "a borrow is one pointer");
static_assert(sizeof(unique_ref<int>) == sizeof(void*), "a unique reference is one pointer");
static_assert(sizeof(sync::counts) == 8 && sizeof(unsync::counts) == 8,
              "counts with weak references: 8 bytes");
static_assert(sizeof(no_weak<sync>::counts) == 4 && sizeof(no_weak<unsync>::counts) == 4,
              "counts without weak references: 4 bytes");
static_assert(detail::block<int, no_weak<unsync>>::before == 4, "4 bytes before an int");
static_assert(detail::block<wide, sync>::before == 64,
              "an over-aligned object keeps its alignment");
static_assert(std::is_trivially_copyable_v<borrow<int>>, "a borrow is passed in a register");
static_assert(std::is_nothrow_copy_constructible_v<rc<fragile>>,
              "copying an owner copies no object");
static_assert(std::is_convertible_v<rc<derived>, rc<base>> &&
              !std::is_convertible_v<rc<base>, rc<derived>>);
static_assert(std::is_convertible_v<rc<int>, rc<const int>> &&
              !std::is_convertible_v<rc<const int>, rc<int>>);
static_assert(!std::is_convertible_v<rc<int, sync>, rc<int, unsync>>, "policies do not mix");
static_assert(!std::is_copy_constructible_v<unique_ref<int>>, "a unique reference is the only one");
static_assert(std::is_same_v<decltype(*std::declval<const unique_ref<int>&>()), const int&>);
static_assert(!std::is_default_constructible_v<borrow<int>>, "a borrow looks at something");

}  // namespace

TEMPLATE_TEST_CASE("rc: owners come and go, the last one destroys", "", sync, unsync, no_weak<sync>,
                   no_weak<unsync>) {
  using ref = rc<sturdy, TestType>;
  const long objects = faults::objects;
  const long alive = heap::news - heap::deletes;
  {
    ref a = make_rc<sturdy, TestType>(5);
    CHECK(a.unique());
    CHECK(a.use_count() == 1);
    ref b = a;
    CHECK(a.use_count() == 2);
    CHECK(!a.unique());
    CHECK(b == a);
    ref c = std::move(b);
    CHECK(b == nullptr);
    CHECK(!b);
    CHECK(a.use_count() == 2);
    ref& same = a;
    a = same;
    a = std::move(same);
    CHECK(a.use_count() == 2);
    a = c;
    CHECK(a.use_count() == 2);
    b = make_rc<sturdy, TestType>(6);
    swap(a, b);
    CHECK(a->value() == 6);
    CHECK(b->value() == 5);
    c = b = a;
    CHECK(a.use_count() == 3);
    CHECK(faults::objects == objects + 1);
    a.reset();
    a.reset();
    ref back = ref::from_raw(c.into_raw());
    CHECK(back.use_count() == 2);
    CHECK(std::unordered_set<ref>{back, b}.size() == 1);
    const rc<const sturdy, TestType> constant = back;
    CHECK(constant == back);
    CHECK(constant.use_count() == 3);
  }
  CHECK(faults::objects == objects);
  CHECK(heap::news - heap::deletes == alive);
}

TEMPLATE_TEST_CASE("rc: assigning from what is owned keeps it alive", "", sync, unsync) {
  struct link {
    rc<link, TestType> next;
    sturdy member{1};
  };
  const long objects = faults::objects;
  {
    auto head = make_rc<link, TestType>();
    head->next = make_rc<link, TestType>();
    head->next->next = make_rc<link, TestType>();
    head = head->next;
    CHECK(faults::objects == objects + 2);
    head = std::move(head->next);
    CHECK(faults::objects == objects + 1);
    CHECK(head->member.value() == 1);
  }
  CHECK(faults::objects == objects);
}

TEMPLATE_TEST_CASE("rc: weak references see the end, and never bring back", "[heap]", sync,
                   unsync) {
  const long alive = heap::news - heap::deletes;
  {
    weak_rc<sturdy, TestType> empty;
    CHECK(empty.expired());
    CHECK(!empty.lock());
    auto a = make_rc<sturdy, TestType>(5);
    weak_rc w = a;
    CHECK(!w.expired());
    CHECK(a.weak_count() == 1);
    CHECK(!a.unique());
    CHECK(a.use_count() == 1);
    weak_rc copy = w;
    weak_rc moved = std::move(w);
    CHECK(w.expired());
    CHECK(a.weak_count() == 2);
    CHECK(moved == copy);
    {
      const auto locked = moved.lock();
      CHECK(locked == a);
      CHECK(a.use_count() == 2);
    }
    const long objects = faults::objects;
    a.reset();
    CHECK(faults::objects == objects - 1);
    CHECK(copy.expired());
    CHECK(!copy.lock());
    CHECK(heap::news - heap::deletes ==
          alive + 1);  // the counts, as long as somebody asks for them
    copy = moved;
    copy.reset();
    CHECK(heap::news - heap::deletes == alive + 1);
  }
  CHECK(heap::news - heap::deletes == alive);
}

TEST_CASE("rc: base classes, over-aligned and constant objects") {
  const long objects = faults::objects;
  {
    rc<base> b = make_rc<derived>(3);
    CHECK(b->value == 3);
    const rc<derived> d = static_pointer_cast<derived>(b);
    CHECK(d->member.value() == 7);
    CHECK(d == b);
    CHECK(b.use_count() == 2);
    const borrow<base> look = borrow<derived>(d);
    CHECK(look.to_rc() == b);
  }
  CHECK(faults::objects == objects);
  const auto w = make_rc<wide, no_weak<sync>>();
  CHECK(reinterpret_cast<std::uintptr_t>(w.get()) % 64 == 0);
  const auto c = make_rc<const std::string>(3u, 'x');
  CHECK(*c == "xxx");
}

TEMPLATE_TEST_CASE("rc: try_unwrap takes the object of the only owner", "", sync, unsync,
                   no_weak<sync>, no_weak<unsync>) {
  const long objects = faults::objects;
  const long alive = heap::news - heap::deletes;
  {
    auto a = make_rc<sturdy, TestType>(5);
    auto b = a;
    CHECK(!try_unwrap(std::move(a)));
    CHECK(a == b);
    b.reset();
    if constexpr (TestType::counts::has_weak) {
      weak_rc<sturdy, TestType> w = a;
      CHECK(!std::move(a).try_unique());
      const auto out = try_unwrap(std::move(a));
      CHECK(out->value() == 5);
      CHECK(w.expired());
      CHECK(!w.lock());
    } else {
      CHECK(try_unwrap(std::move(a))->value() == 5);
    }
    CHECK(!a);
    CHECK(!try_unwrap(std::move(a)));
  }
  CHECK(faults::objects == objects);
  CHECK(heap::news - heap::deletes == alive);
}

TEST_CASE("rc: unique references are changed, then shared") {
  const long objects = faults::objects;
  {
    auto u = make_unique_ref<sturdy>(1);
    *u = sturdy(2);
    auto v = std::move(u);
    rc<sturdy> a = std::move(v).share();
    CHECK(a->value() == 2);
    CHECK(a.unique());
    rc<sturdy> b = a;
    CHECK(!std::move(b).try_unique());
    b.reset();
    auto again = std::move(a).try_unique();
    REQUIRE(again);
    CHECK(!a);
    CHECK((*again)->value() == 2);
    *again = make_unique_ref<sturdy>(3);
  }
  CHECK(faults::objects == objects);
}

TEST_CASE("rc: random operations do as shared_ptr does") {
  CHECK(::rc::check(
      "model", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& operations) {
        const long objects = faults::objects;
        {
          std::array<rc<sturdy>, 4> owners;
          std::array<weak_rc<sturdy>, 3> weaks;
          std::array<std::shared_ptr<int>, 4> model;
          std::array<std::weak_ptr<int>, 3> model_weaks;
          for (const auto& [what, where] : operations) {
            const std::size_t i = where % 4u, j = where / 4u % 4u, k = where / 16u % 3u;
            switch (what % 8) {
              case 0:
                owners[i] = make_rc<sturdy>(where);
                model[i] = std::make_shared<int>(where);
                break;
              case 1:
                owners[i] = owners[j];
                model[i] = model[j];
                break;
              case 2:
                owners[i] = std::move(owners[j]);
                model[i] = std::move(model[j]);
                break;
              case 3:
                weaks[k] = owners[i];
                model_weaks[k] = model[i];
                break;
              case 4:
                owners[i] = weaks[k].lock();
                model[i] = model_weaks[k].lock();
                break;
              case 5:
                owners[i].reset();
                model[i].reset();
                break;
              case 6:
                weaks[k] = weaks[j % 3];
                model_weaks[k] = model_weaks[j % 3];
                break;
              case 7: {
                const auto out = try_unwrap(std::move(owners[i]));
                RC_ASSERT(out.has_value() == (model[i].use_count() == 1));
                if (out) {
                  RC_ASSERT(out->value() == *model[i]);
                  model[i].reset();
                }
                break;
              }
            }
            std::unordered_set<const void*> distinct;
            for (std::size_t n = 0; n < 4; ++n) {
              RC_ASSERT(static_cast<bool>(owners[n]) == static_cast<bool>(model[n]));
              RC_ASSERT(owners[n].use_count() == static_cast<std::size_t>(model[n].use_count()));
              if (model[n]) RC_ASSERT(owners[n]->value() == *model[n]);
              if (model[n]) distinct.insert(model[n].get());
            }
            for (std::size_t n = 0; n < 3; ++n)
              RC_ASSERT(weaks[n].expired() == model_weaks[n].expired());
            RC_ASSERT(faults::objects - objects == static_cast<long>(distinct.size()));
          }
        }
        RC_ASSERT(faults::objects == objects);
      }));
}

TEST_CASE("rc: a constructor or move that throws changes nothing", "[heap]") {
  CHECK(throw_at_every_point([](attempt& attempt) {
          const long alive = heap::news - heap::deletes;
          attempt([] { make_rc<fragile>(1); });
          CHECK(heap::news - heap::deletes == alive);
        }) == 2);
  CHECK(throw_at_every_point([](attempt& attempt) {
          auto owner = make_rc<fragile>(4);
          const weak_rc watch = owner;
          const bool done = attempt([&] { try_unwrap(std::move(owner)); });
          CHECK(done == !owner);
          if (!done) CHECK((owner.use_count() == 1 && watch.lock() == owner));
        }) == 1);
}

// ---- the protocols, in every interleaving ----

namespace {

using model_sync = basic_sync<model_atomics>;

struct payload {
  static inline int alive = 0;
  mutable race_detector races;
  int value = 1;

  payload() {
    ++alive;
    races.write();
  }
  payload(payload&& other) noexcept : value(other.value) {
    other.races.write();
    other.value = 0;
    ++alive;
  }
  ~payload() {
    races.write();
    require(alive > 0, "the object is destroyed once");
    --alive;
    value = -1;
  }
  int read() const {
    races.read();
    return value;
  }
};

template <class Policy>
explore_result owners_let_go(int threads) {
  return explore([threads](scenario& s) {
    payload::alive = 0;
    auto first = std::make_shared<rc<payload, Policy>>(make_rc<payload, Policy>());
    for (int i = 0; i < threads; ++i) {
      s.thread([mine = std::make_shared<rc<payload, Policy>>(*first)] {
        require((*mine)->read() == 1, "the object lives while it has an owner");
        const rc<payload, Policy> copy = *mine;
        mine->reset();
        require(copy->read() == 1, "the object lives while it has an owner");
      });
    }
    first->reset();
    s.finally([] { require(payload::alive == 0, "the last owner destroys the object"); });
  });
}

// Threads must not keep their state past the end of the scenario: what they capture is reset in
// them.
void all_schedules_hold(const explore_result& result) {
  CHECK(result.failure == "");
  CHECK(result.exhausted);
  CHECK(result.schedules > 1);
}

}  // namespace

TEST_CASE("rc: owners let go in every order of two threads") {
  all_schedules_hold(owners_let_go<model_sync>(2));
  all_schedules_hold(owners_let_go<no_weak<model_sync>>(2));
}

TEST_CASE("rc: three threads let go of one owner each") {
  const auto run = []<class Policy>(Policy) {
    return explore([](scenario& s) {
      payload::alive = 0;
      auto first = make_rc<payload, Policy>();
      for (int i = 0; i < 3; ++i)
        s.thread([mine = std::make_shared<rc<payload, Policy>>(first)] {
          (*mine)->read();
          mine->reset();
        });
      first.reset();
      s.finally([] { require(payload::alive == 0, "the last owner destroys the object"); });
    });
  };
  all_schedules_hold(run(model_sync()));
  all_schedules_hold(run(no_weak<model_sync>()));
}

TEST_CASE("rc: a weak reference upgrades while the last owner lets go") {
  all_schedules_hold(explore([](scenario& s) {
    payload::alive = 0;
    auto owner = std::make_shared<rc<payload, model_sync>>(make_rc<payload, model_sync>());
    auto watch = std::make_shared<weak_rc<payload, model_sync>>(*owner);
    s.thread([owner] { owner->reset(); });
    s.thread([watch] {
      if (const auto locked = watch->lock())
        require(locked->read() == 1, "a locked object is alive");
      watch->reset();
    });
    s.finally([] { require(payload::alive == 0, "the object is destroyed"); });
  }));
}

TEST_CASE("rc: two weak references and the last owner go at once") {
  const long alive = heap::news - heap::deletes;
  all_schedules_hold(explore([](scenario& s) {
    auto owner = std::make_shared<rc<payload, model_sync>>(make_rc<payload, model_sync>());
    for (int i = 0; i < 2; ++i)
      s.thread(
          [watch = std::make_shared<weak_rc<payload, model_sync>>(*owner)] { watch->reset(); });
    s.thread([owner] { owner->reset(); });
  }));
  CHECK(heap::news - heap::deletes <=
        alive + 8);  // the scheduler keeps some memory, a leak would keep thousands
}

TEST_CASE("rc: the only owner unwraps while a weak reference upgrades") {
  all_schedules_hold(explore([](scenario& s) {
    payload::alive = 0;
    auto owner = std::make_shared<rc<payload, model_sync>>(make_rc<payload, model_sync>());
    auto watch = std::make_shared<weak_rc<payload, model_sync>>(*owner);
    auto taken = std::make_shared<int>(0);
    s.thread([owner, taken] {
      if (const auto out = try_unwrap(std::move(*owner))) *taken = out->value;
      owner->reset();
    });
    s.thread([watch] {
      if (const auto locked = watch->lock())
        require(locked->read() == 1, "a locked object is whole");
      watch->reset();
    });
    s.finally([taken] {
      require(payload::alive == 0, "the object is destroyed");
      require(*taken == 0 || *taken == 1, "what was taken out is whole");
    });
  }));
}

TEST_CASE("rc: who is unique may change the object") {
  all_schedules_hold(explore([](scenario& s) {
    payload::alive = 0;
    auto first = std::make_shared<rc<payload, model_sync>>(make_rc<payload, model_sync>());
    auto second = std::make_shared<rc<payload, model_sync>>(*first);
    for (const auto& mine : {first, second})
      s.thread([mine] {
        (*mine)->read();
        if (mine->unique()) (*mine)->races.write();
        mine->reset();
      });
  }));
}

TEST_CASE("negative control: the scheduler finds the fault of naive counts") {
  // Owner count and weak count apart, upgrade by test-then-add.
  const auto naive = explore([](scenario& s) {
    auto owners = std::make_shared<model_atomic<int>>(1);
    auto dead = std::make_shared<model_data<bool>>(false);
    s.thread([owners, dead] {
      if (owners->fetch_sub(1) == 1) dead->write() = true;
    });
    s.thread([owners, dead] {
      if (owners->load() > 0) {
        owners->fetch_add(1);
        require(!dead->read(), "a locked object is alive");
      }
    });
  });
  CHECK(naive.failure != "");
  // A release that is only relaxed: no interleaving differs, but the happens-before order does.
  const auto relaxed = explore([](scenario& s) {
    auto owners = std::make_shared<model_atomic<int>>(2);
    auto object = std::make_shared<model_data<int>>(1);
    for (int i = 0; i < 2; ++i)
      s.thread([owners, object] {
        object->read();
        if (owners->fetch_sub(1, std::memory_order_relaxed) == 1) object->write() = 0;
      });
  });
  CHECK(relaxed.failure.find("data race") == 0);
}

// ---- with real threads, for ThreadSanitizer ----

namespace {
struct shape {
  virtual ~shape() = default;
  int sides = 0;
};
struct square : shape {
  square() { sides = 4; }
};
struct circle : shape {};
}  // namespace

TEST_CASE("rc: weak references of derived classes, their counts and their order") {
  auto owner = snug::make_rc<square>();
  snug::weak_rc<shape> weak = owner;
  const snug::weak_rc<square> exact = owner;
  const snug::weak_rc<const shape> constant = exact;
  weak = exact;
  CHECK(weak.use_count() == 1);
  CHECK(owner.weak_count() == 3);
  CHECK(weak.lock()->sides == 4);
  CHECK(weak.owner_equal(owner));
  CHECK(constant.owner_hash() == owner.owner_hash());
  CHECK(!weak.owner_before(owner));
  const auto other = snug::make_rc<square>();
  CHECK(weak.owner_before(other) != other.owner_before(weak));
  std::map<snug::weak_rc<shape>, int, snug::owner_less> numbers{{weak, 1}, {other, 2}};
  std::unordered_set<snug::weak_rc<shape>, snug::owner_hash, snug::owner_equal> set{weak, exact,
                                                                                    other};
  CHECK(numbers.find(owner)->second == 1);
  CHECK(set.size() == 2);
  owner.reset();
  CHECK(weak.use_count() == 0);
  CHECK(weak.expired());
  CHECK(set.contains(weak));  // the order outlives the object
  snug::weak_rc<shape> taken = snug::weak_rc<square>(other);
  swap(taken, weak);
  weak.swap(taken);
  CHECK(taken.lock() == other);
}

TEMPLATE_TEST_CASE("rc: casts down, up and away from const", "", sync, unsync, no_weak<sync>) {
  snug::rc<shape, TestType> base = snug::make_rc<square, TestType>();
  const auto down = snug::static_pointer_cast<square>(base);
  CHECK(base.use_count() == 2);
  CHECK(snug::static_pointer_cast<shape>(down) == base);
  CHECK(snug::dynamic_pointer_cast<square>(base) == down);
  CHECK(!snug::dynamic_pointer_cast<circle>(base));
  CHECK(base.use_count() == 2);
  const snug::rc<const shape, TestType> constant = base;
  CHECK(snug::const_pointer_cast<shape>(constant) == base);
  CHECK(snug::dynamic_pointer_cast<const square>(constant) == down);
  // Taken over, nothing is counted; what does not fit stays where it is.
  auto kept = snug::dynamic_pointer_cast<circle>(std::move(base));
  CHECK(!kept);
  CHECK(base.use_count() == 3);
  const auto moved = snug::dynamic_pointer_cast<square>(std::move(base));
  CHECK(!base);
  CHECK(moved.use_count() == 3);
  CHECK(!snug::static_pointer_cast<square>(snug::rc<shape, TestType>()));
}

namespace {
struct party : snug::enable_rc_from_this<party> {
  int guests = 0;
  virtual ~party() = default;
};
struct birthday : party {};
struct quick : snug::enable_rc_from_this<quick, no_weak<unsync>> {};
}  // namespace

TEST_CASE("rc: an object makes owners of itself") {
  const auto owner = snug::make_rc<birthday>();
  const snug::rc<party> mine = owner->rc_from_this();
  CHECK(mine == owner);
  CHECK(owner.use_count() == 2);
  CHECK(std::as_const(*owner).rc_from_this() == owner);
  CHECK(owner->weak_from_this().lock() == owner);
  // Not where nobody owns it: a local variable, a copy, one that is built alone.
  party local = *owner;
  CHECK_THROWS_AS(local.rc_from_this(), std::bad_weak_ptr);
  CHECK(local.weak_from_this().expired());
  local = *owner;
  CHECK_THROWS_AS(local.rc_from_this(), std::bad_weak_ptr);
  auto draft = snug::make_unique_ref<party>();
  CHECK_THROWS_AS(draft->rc_from_this(), std::bad_weak_ptr);
  auto shared = std::move(draft).share();
  CHECK(shared->rc_from_this() == shared);
  *shared = local;  // the value, not the owners
  CHECK(shared->rc_from_this() == shared);
  auto again = std::move(shared).try_unique();
  REQUIRE(again);
  CHECK_THROWS_AS((*again)->rc_from_this(), std::bad_weak_ptr);
  const auto one = snug::make_rc<quick, no_weak<unsync>>();
  CHECK(one->rc_from_this().use_count() == 2);
}

TEST_CASE("rc: try_unwrap of an object of a derived class ends the program") {
  snug::rc<shape> base = snug::make_rc<square>();
  CHECK(dies([&] { snug::try_unwrap(std::move(base)); }));
  base = snug::make_rc<shape>();
  CHECK(snug::try_unwrap(std::move(base)));
}

namespace {
// Looks into its rc when it is moved or dies; into an empty one it puts another.
struct looks {
  static inline int alive = 0;
  snug::rc<looks>* home = nullptr;
  bool* empty = nullptr;
  looks() { ++alive; }
  looks(looks&& o) : home(std::exchange(o.home, nullptr)), empty(o.empty) {
    ++alive;
    look();
  }
  ~looks() {
    --alive;
    look();
  }
  void look() {
    if (home == nullptr) return;
    *empty = *empty && !*home;
    if (!*home) *std::exchange(home, nullptr) = snug::make_rc<looks>();
  }
};
}  // namespace

TEST_CASE("rc: while an object is moved out, or its destructor runs, its rc is empty") {
  bool empty = true;
  const auto home_of = [&](snug::rc<looks>& p) {
    p = snug::make_rc<looks>();
    p->home = &p;
    p->empty = &empty;
  };
  {
    snug::rc<looks> p;
    home_of(p);
    auto out = snug::try_unwrap(std::move(p));
    CHECK(out);
    CHECK(empty);
    home_of(p);
    p.reset();
    CHECK(empty);
    home_of(p);
  }
  CHECK(empty);
  CHECK(looks::alive == 0);  // what was put into a dying rc, too
}

TEST_CASE("atomic_rc: does as std::atomic<std::shared_ptr>") {
  const auto one = snug::make_rc<int>(1), two = snug::make_rc<int>(2);
  snug::atomic_rc<int> place;
  STATIC_REQUIRE(sizeof(place) == sizeof(void*) && !decltype(place)::is_always_lock_free);
  CHECK(!place.load());
  place.store(one);
  CHECK(one.use_count() == 2);
  CHECK(*place.load() == 1);
  CHECK(one.use_count() == 2);
  auto expected = two;
  CHECK(!place.compare_exchange_strong(expected, two));
  CHECK(expected == one);
  CHECK(place.compare_exchange_weak(expected, two));
  CHECK(one.use_count() == 2);  // ours and `expected`
  CHECK(place.exchange(nullptr) == two);
  CHECK(two.use_count() == 1);
  place = two;
  CHECK(snug::rc<int>(place) == two);
  place.notify_one();
  place.wait(one);  // something else is there
  std::atomic<snug::weak_rc<int>> weak(two);
  CHECK(weak.load().lock() == two);
  CHECK(two.weak_count() == 1);
  std::atomic<snug::rc<int>> standard;
  standard = two;
  CHECK(standard.load() == two);
}

TEST_CASE("atomic_rc: threads read, replace and wait") {
  constexpr int rounds = 2000;
  snug::atomic_rc<const int> place(snug::make_rc<const int>(0));
  std::vector<std::thread> threads;
  std::atomic<bool> rising = true;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      int last = 0;
      while (last < rounds) {
        const int now = *place.load();
        if (now < last) rising = false;
        last = now;
      }
    });
  threads.emplace_back([&] {
    auto seen = place.load();
    while (*seen < rounds) {
      place.wait(seen);
      seen = place.load();
    }
  });
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      auto seen = place.load();
      while (*seen < rounds)
        if (place.compare_exchange_weak(seen, snug::make_rc<const int>(*seen + 1)))
          place.notify_all();
    });
  for (auto& thread : threads) thread.join();
  CHECK(rising);
  CHECK(*place.load() == rounds);
  CHECK(place.load().use_count() == 2);
}

TEST_CASE("rc: threads copy, upgrade and let go under contention") {
  const long objects = faults::objects;
  for (int round = 0; round < 50; ++round) {
    auto shared = make_rc<std::string>("payload");
    const weak_rc watch = shared;
    std::vector<std::thread> threads;
    std::atomic<int> seen{0};
    for (int t = 0; t < 3; ++t)
      threads.emplace_back([mine = shared, watch, &seen]() mutable {
        for (int i = 0; i < 100; ++i) {
          const auto copy = mine;
          if (const auto locked = watch.lock()) seen += static_cast<int>(locked->size() == 7);
        }
        mine.reset();
        for (int i = 0; i < 20; ++i)
          if (const auto locked = watch.lock()) seen += static_cast<int>(locked->size() == 7);
      });
    shared.reset();
    for (auto& thread : threads) thread.join();
    CHECK(seen >= 300);
    CHECK(watch.expired());
  }
  CHECK(faults::objects == objects);
}

}  // namespace snug
