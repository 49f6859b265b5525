// What is read from bodies.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "support/evidence_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const Function& lambda_at(const Model& model, std::uint32_t line) {
  const auto found =
      std::find_if(model.functions.begin(), model.functions.end(), [&](const Function& function) {
        return function.kind == FunctionKind::Lambda && function.where.line == line;
      });
  REQUIRE(found != model.functions.end());
  return *found;
}

}  // namespace

TEST_CASE("fields are read and written through paths") {
  const Model model = scan(R"(
struct Worker { long jobs; long done[4]; };
struct Pool { Worker workers[8]; Worker* extra; };
void run(Pool* pool, int i) {
  pool->workers[i].jobs++;
  pool->extra->jobs = pool->workers[2].jobs;
  pool->workers[i].done[i * 3] += 1;
}
)");
  CHECK(accesses(named(model, "run()")) == Lines{"read $0.extra", "read $0.workers[2].jobs",
                                                 "read and write $0.workers[$1].done[$1*3]",
                                                 "read and write $0.workers[$1].jobs",
                                                 "write $0.extra->.jobs"});
}

TEST_CASE("a local pointer or reference stands for what it was given") {
  const Model model = scan(R"(
struct S { long a; };
void run(S* first, S& second) {
  S* p = first + 2;
  p->a = 1;
  S& r = second;
  r.a = 2;
  auto* q = &r;
  q->a = 3;
}
)");
  CHECK(accesses(named(model, "run()")) == Lines{"write $0{2}.a", "write $1.a"});
}

TEST_CASE("atomics are seen in every way to write them") {
  const Model model = scan(R"(
#include <atomic>
struct S { std::atomic<long> a; long b; };
void run(S& s) {
  s.a.fetch_add(1, std::memory_order_relaxed);
  s.a++;
  s.a = 3;
  long x = s.a;
  s.a.store(x, std::memory_order_release);
  __atomic_fetch_add(&s.b, 1, __ATOMIC_RELAXED);
  __sync_fetch_and_add(&s.b, 1);
}
)");
  const Function& run = named(model, "run()");
  CHECK(accesses(run) == Lines{"read $0.a atomic", "read and write $0.a atomic",
                               "read and write $0.a atomic", "read and write $0.b atomic",
                               "write $0.a atomic", "write $0.a atomic"});
  CHECK(std::any_of(run.accesses.begin(), run.accesses.end(),
                    [](const FieldAccess& access) { return access.order == "relaxed"; }));
}

TEST_CASE("a lock is held from its guard to the end of the block") {
  const Model model = scan(R"(
#include <mutex>
struct S { std::mutex m; long a, b, c, d; };
void run(S& s) {
  { std::lock_guard<std::mutex> g(s.m); s.a = 1; }
  s.b = 1;
  s.m.lock();
  s.c = 1;
  s.m.unlock();
  s.d = 1;
}
)");
  const Function& run = named(model, "run()");
  const auto locked = [&](const std::string& field) {
    const auto access = std::find_if(run.accesses.begin(), run.accesses.end(),
                                     [&](const FieldAccess& one) { return one.field == field; });
    REQUIRE(access != run.accesses.end());
    return std::any_of(run.locks.begin(), run.locks.end(), [&](const LockHold& hold) {
      return holds(hold, access->where) && to_string(hold.lock) == "$0.m";
    });
  };
  CHECK(locked("a"));
  CHECK_FALSE(locked("b"));
  CHECK(locked("c"));
  CHECK_FALSE(locked("d"));
}

TEST_CASE("lambdas are functions and see what they capture") {
  const Model model = scan(R"(
#include <thread>
struct S { long a; };
void run() {
  S one, two;
  S* p = &two;
  std::thread t([&one, p, two, q = &one]() mutable {
    one.a++;
    p->a++;
    two.a++;
    q->a = 1;
  });
  t.join();
}
)");
  const Function& lambda = lambda_at(model, 7);
  CHECK(accesses(lambda) == Lines{"read and write %1.a", "read and write ^%0.a",
                                  "read and write ^%1.a", "write ^%0.a"});
  const Function& run = named(model, "run()");
  REQUIRE(run.starts.size() == 1);
  CHECK(run.starts[0].entry == lambda.id);
  CHECK(run.starts[0].kind == "std::thread");
  REQUIRE(run.joins.size() == 1);
  CHECK(run.joins[0].handle == run.starts[0].handle);
}

TEST_CASE("threads that a function returns are kept by its callers") {
  const Model model = scan(R"(
#include <thread>
#include <vector>
std::thread one() { return std::thread([] {}); }
std::vector<std::thread> crew() {
  std::vector<std::thread> all;
  all.emplace_back([] {});
  return all;
}
void run() {
  std::thread kept = one();
  std::vector<std::thread> more = crew();
  more.push_back(one());
}
)");
  for (const char* name : {"one()", "crew()"}) {
    const Function& maker = named(model, name);
    REQUIRE(maker.starts.size() == 1);
    CHECK(maker.starts[0].handle == Path{{RootKind::Result, maker.id, 0}, {}});
  }
  std::vector<std::string> handles;
  for (const Call& call : named(model, "run()").calls) {
    if (!call.callee.empty()) handles.push_back(to_string(call.handle));
  }
  CHECK(handles == std::vector<std::string>{"%0", "%1", "%1"});
}

TEST_CASE("what waits at the end of its block is joined there") {
  const auto joins = [](const std::string& block) {
    const Model model = scan(
        "#include <future>\n#include <thread>\n#include <vector>\nvoid "
        "run(std::vector<std::jthread>& all) {\n  {\n    " +
        block + "\n  }\n  all.clear();\n}\n");
    return named(model, "run()").joins.size();
  };
  CHECK(joins("std::jthread a([] {});") == 1);
  CHECK(joins("std::vector<std::jthread> a; a.emplace_back([] {});") == 1);
  CHECK(joins("auto a = std::async([] {});") == 1);
  CHECK(joins("std::jthread a([] {}); all.push_back(std::move(a));") == 0);
  CHECK(joins("std::promise<int> p; auto a = p.get_future();") == 0);
  CHECK(joins("std::thread a([] {}); a.detach();") == 0);
}

TEST_CASE("coroutines are read, and who resumes them") {
  const Model model = scan(R"(
#include <coroutine>
struct Job {
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
struct S { long a; };
Job count(S& s) {
  co_await std::suspend_always{};
  s.a++;
}
Job give(S& s) {
  co_yield 1;
  s.a++;
}
void go_on(std::coroutine_handle<> handle) {
  handle.resume();
  handle();
}
)");
  CHECK(named(model, "count()").coroutine);
  CHECK_FALSE(named(model, "give()").coroutine);
  for (const char* name : {"count()", "give()"}) {
    CHECK(accesses(named(model, name)) == Lines{"read and write $0.a"});
  }
  const std::vector<Call>& calls = named(model, "go_on()").calls;
  CHECK(std::count_if(calls.begin(), calls.end(), [](const Call& call) {
          return call.name == "coroutine_handle::resume";
        }) == 2);
}

TEST_CASE("threads are seen in every way to start them") {
  const Model model = scan(R"(
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>
struct W { long n; void work(int i) { n += i; } void operator()() { n++; } };
void plain(W* w);
void run(W& w, std::vector<std::thread>& all) {
  std::thread a(&W::work, &w, 1);
  std::thread b(std::bind(&W::work, &w, 2));
  std::thread c(std::ref(w));
  std::thread d(plain, &w);
  for (int i = 0; i < 4; ++i) {
    all.emplace_back([&w, i] { w.work(i); });
    all.push_back(std::thread(&W::work, &w, i));
  }
  auto f = std::async(std::launch::async, [&w] { w.work(3); });
  auto g = std::async(std::launch::deferred, [&w] { w.work(4); });
  auto h = std::make_unique<std::thread>(plain, &w);
}
)");
  const Function& run = named(model, "run()");
  Lines starts;
  for (const ThreadStart& start : run.starts) {
    const Function* entry = model.find_function(start.entry);
    starts.push_back(start.kind + " " + (entry == nullptr ? "?" : entry->name) + " " +
                     to_string(start.object.path) + (start.loop >= 0 ? " loop" : ""));
  }
  CHECK(starts == Lines{"std::thread W::work() $0", "std::thread W::work() $0",
                        "std::thread W::operator()() $0", "std::thread ? ?",
                        "std::thread lambda in run() ? loop", "std::thread W::work() $0 loop",
                        "std::async lambda in run() ?", "std::thread ? ?"});
}

TEST_CASE("C code starts threads and shares structs") {
  const Model model = scan_sources({{"a.c", R"(
#include <pthread.h>
#include <stdatomic.h>
struct ctx { _Atomic long n; long m; pthread_mutex_t mu; long under; };
static struct ctx all[4];
static void* work(void* arg) {
  struct ctx* c = arg;
  for (int i = 0; i < 10; i++) { c->n++; atomic_fetch_add(&c->n, 1); c->m += 2; }
  pthread_mutex_lock(&c->mu);
  c->under++;
  pthread_mutex_unlock(&c->mu);
  return 0;
}
int main(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; i++) pthread_create(&t[i], 0, work, &all[i]);
  for (int i = 0; i < 4; i++) pthread_join(t[i], 0);
}
)"}});
  const Function& work = named(model, "work()");
  const Lines lines = accesses(work);
  CHECK(lines == Lines{"read and write $0.m in loop 0", "read and write $0.mu lock",
                       "read and write $0.mu lock", "read and write $0.n atomic in loop 0",
                       "read and write $0.n atomic in loop 0", "read and write $0.under"});
  const Function& main = named(model, "main()");
  REQUIRE(main.starts.size() == 1);
  CHECK(main.starts[0].entry == work.id);
  REQUIRE(main.starts[0].arguments.size() == 1);
  CHECK(main.starts[0].arguments[0].path.steps.size() == 1);
  CHECK(main.joins.size() == 1);
}

TEST_CASE("parallel regions of OpenMP are functions of their own") {
  const Model model = scan(R"(
int omp_get_thread_num(void);
void run(int n) {
  long sums[8] = {};
  int i;
#pragma omp parallel
  { sums[omp_get_thread_num()]++; }
#pragma omp parallel for private(n)
  for (i = 0; i < 8; ++i) sums[i]++;
}
)",
                           {"-D_OPENMP=202011"});
  const Function& run = named(model, "run()");
  REQUIRE(run.starts.size() == 2);
  CHECK(run.starts[0].many);
  const Function* region = model.find_function(run.starts[0].entry);
  REQUIRE(region != nullptr);
  CHECK(accesses(*region) == Lines{"read and write ^%0[thread]"});
  const Function* loop = model.find_function(run.starts[1].entry);
  REQUIRE(loop != nullptr);
  CHECK(accesses(*loop) == Lines{"read and write ^%0[loop 0] in loop 0"});
  CHECK(loop->loops[0].parallel);
}

TEST_CASE("instantiations are functions, templates are none") {
  const Model model = scan(R"(
template <class T> struct Box { T value; long count; template <class F> void each(F f) { f(value); count++; } };
void run() {
  Box<int> box;
  long sum = 0;
  box.each([&](int v) { sum += v; });
}
)");
  const Function& each = named(model, "Box<int>::each()");
  CHECK(accesses(each) == Lines{"read and write this.count", "read this.value"});
  REQUIRE(each.calls.size() == 1);
  const Function* lambda = model.find_function(each.calls[0].callee);
  REQUIRE(lambda != nullptr);
  CHECK(accesses(*lambda) == Lines{"read and write ^%1"});
}

TEST_CASE("a function in a header counts once") {
  const std::string header = R"(
struct S { long a; void hit() { a++; } };
inline void touch(S& s) { s.hit(); }
)";
  const Model model = scan_sources({{"s.hpp", header},
                                    {"a.cpp", "#include \"s.hpp\"\nvoid a(S& s) { touch(s); }\n"},
                                    {"b.cpp", "#include \"s.hpp\"\nvoid b(S& s) { touch(s); }\n"}});
  CHECK(model.functions.size() == 4);
  CHECK(named(model, "S::hit()").accesses.size() == 1);
}

TEST_CASE("holdings tell in what objects are kept") {
  const Model model = scan(R"(
#include <map>
#include <memory>
#include <vector>
struct S { long a; };
struct Owner { S array[3][2]; std::vector<S> list; std::map<int, std::vector<std::unique_ptr<S>>> deep; };
static S one;
thread_local S own;
)");
  Lines lines;
  for (const Holding& holding : model.holdings) {
    lines.push_back(holding.name + " " + holding.holder + " " + std::to_string(holding.count));
  }
  std::sort(lines.begin(), lines.end());
  CHECK(lines == Lines{"array  6", "deep std::vector 0", "list std::vector 0", "one  1", "own  1"});
}

TEST_CASE("a pointer that is given several objects stands for none of them") {
  const Model model = scan(R"(
struct S { long a; };
void run(S* x, S* y, int n, S* (*f)(int)) {
  S* once = x;
  S* nulled = nullptr;
  nulled = x;
  nulled = nullptr;
  S* twice;
  twice = x;
  twice = y;
  S* looped;
  for (int i = 0; i < n; ++i) looped = f(i);
  S* moved = f(0);
  moved += n;
}
)");
  const Function& run = named(model, "run()");
  std::vector<std::string> reassigned;
  for (const Local& local : run.locals) {
    if (local.reassigned) reassigned.push_back(local.name);
  }
  CHECK(reassigned == std::vector<std::string>{"twice", "looped", "moved"});
}

TEST_CASE("what a condition chooses among is one object only if both branches give it") {
  const Model model = scan(R"(
struct S { long a, b, c, d; };
void run(S& x, S& y, bool which) {
  S* either = which ? &x : &y;
  either->a = 1;
  S* maybe = which ? &x : nullptr;
  maybe->b = 1;
  S& same = which ? x : x;
  same.c = 1;
  S& other = which ? x : y;
  other.d = 1;
}
)");
  const Lines lines = accesses(named(model, "run()"));
  const auto has = [&](const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  CHECK(has("write $0.b"));
  CHECK(has("write $0.c"));
  CHECK_FALSE(has("write $0.a"));
  CHECK_FALSE(has("write $0.d"));
}
