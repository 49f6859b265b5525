// Threads and contention over models written by hand: no compiler, one fact at a time.
#include "analysis/threads/contention.hpp"

#include <catch2/catch.hpp>

#include "analysis/threads/thread_facts.hpp"

#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const std::string totals = "c:@S@Totals";

Spot spot(std::uint32_t offset) {
  return {offset, 1, offset};
}

/// Totals{long a @0; long b @8; long far @128} and functions that write them.
class Program {
 public:
  Program()
      : model_(model_of({record(
            "Totals", 136,
            {field("a", "long", 0, 8), field("b", "long", 8, 8), field("far", "long", 128, 8)})})) {
    Function main;
    main.id = "main";
    main.name = "main()";
    main.where = at("/project/order.cpp", 1);
    Local object;
    object.name = "totals";
    object.record_id = totals;
    object.size = 136;
    main.locals.push_back(object);
    for (const char* name : {"first", "second"}) {
      Local handle;
      handle.name = name;
      main.locals.push_back(handle);
    }
    functions_.push_back(main);
  }

  /// A function that writes a field of its first parameter in a loop.
  Function& writer(const std::string& name, const std::string& target, bool in_loop = true) {
    Function made;
    made.id = name;
    made.name = name + "()";
    made.where = at("/project/order.cpp", 10);
    made.parameters.push_back({"totals", "Totals &", totals, true});
    if (in_loop) made.loops.push_back({});
    FieldAccess access;
    access.path = {{RootKind::Parameter, "", 0}, {{StepKind::Field, totals, target, {}, 1, 0}}};
    access.record_id = totals;
    access.field = target;
    access.kind = AccessKind::ReadWrite;
    access.loop = in_loop ? 0 : -1;
    access.recurs = {access.loop, Often::EachTime};
    access.where = spot(10);
    made.accesses.push_back(access);
    functions_.push_back(made);
    return functions_.back();
  }

  /// main starts a thread with the object at `offset`, kept in local `handle`.
  void start(const std::string& entry, std::uint32_t offset, std::uint64_t handle,
             std::int32_t loop = -1) {
    ThreadStart made;
    made.kind = "std::thread";
    made.entry = entry;
    made.handle = {{RootKind::Local, "", handle}, {}};
    made.loop = loop;
    made.where = spot(offset);
    made.arguments.push_back({{{RootKind::Local, "", 0}, {}}, true, ""});
    functions_.front().starts.push_back(made);
  }

  void join(std::uint32_t offset, std::uint64_t handle) {
    functions_.front().joins.push_back({{{RootKind::Local, "", handle}, {}}, -1, spot(offset)});
  }

  void call(const std::string& callee, std::uint32_t offset) {
    Call made;
    made.callee = callee;
    made.name = callee;
    made.where = spot(offset);
    made.arguments.push_back({{{RootKind::Local, "", 0}, {}}, true, ""});
    functions_.front().calls.push_back(made);
  }

  Function& main() { return functions_.front(); }
  Model& model() { return model_; }
  [[nodiscard]] const ReachMap& reach() const { return reach_; }

  std::vector<Contention> contention(const ReachOptions& options = {}) {
    model_.functions = functions_;
    std::sort(model_.functions.begin(), model_.functions.end(),
              [](const Function& a, const Function& b) { return a.id < b.id; });
    reach_ = thread_reach(model_, options);
    std::vector<Contention> found = find_contention(model_, reach_);
    std::erase_if(found, [](const Contention& one) {
      return one.kind != ContentionKind::Fields || one.line_share <= 0;
    });
    return found;
  }

 private:
  Model model_;
  std::vector<Function> functions_;
  ReachMap reach_;
};

/// Two threads, started one after the other, that write `a` and `other`.
Program two_threads(const std::string& other = "b") {
  Program program;
  program.writer("up", "a");
  program.writer("down", other);
  program.start("up", 20, 1);
  program.start("down", 30, 2);
  return program;
}

}  // namespace

TEST_CASE("two threads that write two fields of one object fight over the line") {
  Program program = two_threads();
  const std::vector<Contention> found = program.contention();
  REQUIRE(found.size() == 1);
  CHECK(found[0].tier == ContentionTier::Proven);
  CHECK(found[0].first.name == "a");
  CHECK(found[0].second.name == "b");
  CHECK(found[0].first.uses.at(0)->function->name == "up()");
}

TEST_CASE("fields on different lines are no neighbours") {
  CHECK(two_threads("far").contention().empty());
}

TEST_CASE("a thread that is joined before the next one starts is alone") {
  Program program = two_threads();
  program.join(25, 1);
  CHECK(program.contention().empty());
}

TEST_CASE("a join after both have started changes nothing") {
  Program program = two_threads();
  program.join(40, 1);
  CHECK(program.contention().size() == 1);
}

TEST_CASE("what main writes counts while the thread runs") {
  for (const std::uint32_t offset : {10U, 30U, 50U}) {
    Program program;
    program.writer("up", "a");
    program.writer("down", "b");
    program.start("up", 20, 1);
    program.join(40, 1);
    program.call("down", offset);
    INFO("called at " << offset);
    CHECK(program.contention().size() == (offset == 30 ? 1 : 0));
  }
}

TEST_CASE("one final store is nothing to fight over") {
  Program program;
  program.writer("up", "a", false);
  program.writer("down", "b");
  program.start("up", 20, 1);
  program.start("down", 30, 2);
  CHECK(program.contention().empty());
}

TEST_CASE("a common lock is sharing on purpose") {
  for (const bool both : {false, true}) {
    Program locked;
    for (const char* name : {"up", "down"}) {
      Function& function = locked.writer(name, name == std::string("up") ? "a" : "b");
      if (both || function.id == "up") {
        function.locks.push_back({{{RootKind::Global, "mutex", 0}, {}}, false, 0, 100});
      }
    }
    locked.start("up", 20, 1);
    locked.start("down", 30, 2);
    CHECK(locked.contention().size() == (both ? 0 : 1));
  }
}

TEST_CASE("fields that the same function writes are shared anyway") {
  Program program;
  Function& both = program.writer("both", "a");
  FieldAccess second = both.accesses.front();
  second.field = "b";
  second.path.steps.front().field = "b";
  both.accesses.push_back(second);
  program.start("both", 20, 1);
  program.start("both", 30, 2);
  CHECK(program.contention().empty());
}

TEST_CASE("a virtual call goes to every function that overrides") {
  Program program;
  program.writer("up", "a");
  Function& over = program.writer("derived", "b");
  over.overrides.push_back("base");
  Call call;
  call.callee = "base";
  call.is_virtual = true;
  call.where = spot(5);
  call.arguments.push_back({{{RootKind::Parameter, "", 0}, {}}, true, ""});
  program.writer("loop", "far").calls.push_back(call);
  program.start("up", 20, 1);
  program.start("loop", 30, 2);
  const std::vector<Contention> found = program.contention();
  REQUIRE(found.size() == 1);
  CHECK(found[0].second.name == "b");
}

TEST_CASE("threads are followed first where the code is too large to follow all") {
  Program program = two_threads();
  // An interface of forty functions that nobody calls, in front of main in the order of the ids.
  for (int i = 0; i < 40; ++i) program.writer("a" + std::to_string(i), "b");
  ReachOptions options;
  options.budget = 20;
  CHECK(program.contention(options).size() == 1);
  CHECK_FALSE(program.reach().complete);
  options.budget = 1000;
  CHECK(program.contention(options).size() == 1);
  CHECK(program.reach().complete);
}

TEST_CASE("every thread gets its turn where each reaches much code in many ways") {
  constexpr std::uint64_t threads = 30, links = 40;
  Program program;
  // Each function of the chain calls the next with two other elements of what it was given.
  for (std::uint64_t i = 0; i < links; ++i) {
    Function& link = program.writer("link" + std::to_string(i), "a", false);
    for (std::uint64_t element = 0; i + 1 < links && element < 2; ++element) {
      Call next;
      next.callee = next.name = "link" + std::to_string(i + 1);
      next.where = spot(static_cast<std::uint32_t>(200 + element));
      const Step step{StepKind::Element, totals, "", {RootKind::Constant, "", element}, 1, 136};
      next.arguments.push_back({{{RootKind::Parameter, "", 0}, {step}}, true, ""});
      link.calls.push_back(next);
    }
  }
  for (std::uint64_t i = 0; i < threads; ++i) {
    const std::string entry = "thread" + std::to_string(i);
    Call first;
    first.callee = first.name = "link0";
    first.where = spot(300);
    first.arguments.push_back({{{RootKind::Parameter, "", 0}, {}}, true, ""});
    program.writer(entry, i + 1 == threads ? "b" : "a").calls.push_back(first);
    program.start(entry, static_cast<std::uint32_t>(20 + i), 1);
  }
  ReachOptions options;
  options.budget = 20'000;
  CHECK_FALSE(program.contention(options).empty());
  CHECK(program.reach().complete);
}

TEST_CASE("without bodies nothing is contended") {
  Model model = model_of({});
  CHECK(find_contention(model, thread_reach(model)).empty());
  CHECK_FALSE(ContendedFields(ThreadFacts(model).contention()).contains("a", "b", "c"));
}

TEST_CASE("contended pairs are known wherever the fields lie") {
  Program program = two_threads("far");
  (void)program.contention();
  const ContendedFields contended(ThreadFacts(program.model()).contention());
  CHECK(contended.contains(totals, "far", "a"));
  CHECK(contended.contains(totals, "a", "far"));
  CHECK_FALSE(contended.contains(totals, "a", "b"));
}

TEST_CASE("the share of places with both ranges on one line") {
  // Aligned to a line: certain.
  CHECK(shared_line_share(0, 64, 64, 128, 64, 64) == 1);
  CHECK(shared_line_share(0, 64, 512, 576, 64, 64) == 0);
  // Two neighbouring 8-byte fields, aligned to 8: of 8 starts one puts a border between them.
  CHECK(shared_line_share(0, 64, 64, 128, 8, 64) == Approx(7.0 / 8));
  // 56 bytes apart: one start of 8.
  CHECK(shared_line_share(0, 64, 448, 512, 8, 64) == Approx(1.0 / 8));
  // 64 bytes apart: never.
  CHECK(shared_line_share(0, 64, 512, 576, 8, 64) == 0);
  CHECK(shared_line_share(0, 0, 0, 64, 8, 64) == 0);
}

namespace {

/// Functions of main's that start a thread each, which main keeps in locals.
Program two_makers() {
  Program program;
  program.writer("up", "a");
  program.writer("down", "b");
  program.start("up", 20, 1);
  program.start("down", 30, 2);
  std::vector<ThreadStart> starts;
  starts.swap(program.main().starts);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::string name = "make" + std::to_string(i);
    Function& maker = program.writer(name, "far", false);
    starts[i].handle = {{RootKind::Result, name, 0}, {}};
    starts[i].arguments[0].path = {{RootKind::Parameter, "", 0}, {}};
    maker.starts.push_back(starts[i]);
    program.call(name, 20 + 10 * static_cast<std::uint32_t>(i));
    program.main().calls.back().handle = {{RootKind::Local, "", i + 1}, {}};
  }
  return program;
}

}  // namespace

TEST_CASE("threads that functions return run beside each other until the caller waits") {
  Program program = two_makers();
  program.join(50, 1);
  const std::vector<Contention> found = program.contention();
  REQUIRE(found.size() == 1);
  CHECK(found[0].tier == ContentionTier::Proven);
  Program apart = two_makers();
  apart.join(25, 1);
  CHECK(apart.contention().empty());
}

TEST_CASE("coroutines are tasks of the threads that resume them") {
  const auto tier = [](bool resumed, std::size_t resumers) -> std::optional<ContentionTier> {
    Program program;
    program.writer("up", "a").coroutine = true;
    program.writer("down", "b").coroutine = true;
    program.call("up", 50);
    program.call("down", 60);
    for (std::size_t i = 0; i < resumers; ++i) {
      const std::string name = "loop" + std::to_string(i);
      Function& loop = program.writer(name, "far");
      Call call;
      call.name = resumed ? "coroutine_handle::resume" : "idle";
      call.where = spot(12);
      loop.calls.push_back(call);
      program.start(name, 20 + static_cast<std::uint32_t>(i), i + 1);
    }
    const std::vector<Contention> found = program.contention();
    for (const Contention& one : found) {
      if (one.first.name == "a" && one.second.name == "b") return one.tier;
    }
    return std::nullopt;
  };
  CHECK(tier(true, 2) == ContentionTier::Proven);
  // One thread runs them one after the other, unless it is not the only one.
  CHECK(tier(true, 1) == ContentionTier::Possible);
  CHECK(tier(false, 2) == std::nullopt);
}
