// The tables of libraries: what a name stands for, and what a project adds.
#include "known/known.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "known/families.hpp"

using namespace snug;

namespace {

const KnownNames& tables() {
  return *KnownNames::built_in();
}

}  // namespace

TEST_CASE("types of libraries are told with their scopes, whatever namespace of an ABI they have") {
  CHECK(tables().type("std::vector").is(TypeRole::Sequence));
  CHECK(tables().type("std::__1::vector").is(TypeRole::Sequence));
  CHECK(tables().type("std::__cxx11::list").is(TypeRole::DoublyLinked));
  CHECK_FALSE(tables().type("app::vector").is(TypeRole::Sequence));
  CHECK_FALSE(tables().type("mystd::vector").is(TypeRole::Sequence));
  CHECK(tables().type("std::thread").is(TypeRole::Thread));
  CHECK(tables().type("std::unordered_map").row->element == 1);
  CHECK(tables().type("std::shared_ptr").row->maker == "std::make_shared");
  CHECK(tables().type("std::expected").roles.has_any({TypeRole::Variant, TypeRole::Expected}));
  CHECK(tables().type("nobody").row == nullptr);
  CHECK(tables().type("").row == nullptr);
}

TEST_CASE("a type without scopes in its row is known in all of them") {
  CHECK(tables().type("std::atomic").is(TypeRole::Atomic));
  CHECK(tables().type("app::atomic").is(TypeRole::Atomic));
  CHECK(tables().type("std::atomic").is(TypeRole::Wrapper));
  CHECK_FALSE(tables().type("app::atomic").is(TypeRole::Wrapper));
}

TEST_CASE("the words of a name tell locks, guards, conditions and pointers") {
  for (const std::string_view lock : {"std::mutex", "TicketLock", "app::spin_lock_t", "RWLock",
                                      "absl::Mutex", "pthread_mutex_t", "_RTL_CRITICAL_SECTION"}) {
    INFO(lock);
    CHECK(tables().type(lock).is(TypeRole::Lock));
    CHECK_FALSE(tables().type(lock).is(TypeRole::Guard));
  }
  for (const std::string_view guard : {"std::lock_guard", "std::unique_lock", "absl::MutexLock",
                                       "QMutexLocker", "AutoLock", "std::scoped_lock"}) {
    INFO(guard);
    CHECK(tables().type(guard).is(TypeRole::Guard));
    CHECK_FALSE(tables().type(guard).is(TypeRole::Lock));
  }
  CHECK(tables().type("std::shared_lock").is(TypeRole::SharedGuard));
  CHECK_FALSE(tables().type("boost::threads::lock_guard").is(TypeRole::SharedGuard));
  CHECK(tables().type("pthread_cond_t").is(TypeRole::Condition));
  CHECK(tables().type("std::condition_variable").is(TypeRole::Condition));
  CHECK(tables().type("app::NodePtr").is(TypeRole::Pointer));
  CHECK_FALSE(tables().type("app::Clock_").is(TypeRole::Guard));
  CHECK_FALSE(tables().type("app::Latch").is(TypeRole::Lock));
}

TEST_CASE("functions are told by their scopes; those of C are no methods") {
  CHECK(tables().function("", "pthread_create", false).does(Effect::StartsThread));
  CHECK_FALSE(tables().function("app::Shim", "pthread_create", true).does(Effect::StartsThread));
  CHECK(tables().function("std", "async", false).does(Effect::WaitsAtOnce));
  CHECK(tables().function("boost::asio", "post", false).does(Effect::HandsToPool));
  CHECK(tables().function("asio", "post", false).does(Effect::MayRunInOrder));
  CHECK(tables().function("app", "post", false).row == nullptr);
  CHECK(tables().starter("asio::post").does(Effect::MayRunInOrder));
  CHECK(tables().starter("std::async").does(Effect::WaitsAtOnce));
  CHECK(tables().starter("pthread_create").does(Effect::KeepsHandle));
}

TEST_CASE("a row that ends in a star stands for all that begin so, the longest first") {
  const auto effects = [](std::string_view name) {
    const KnownFunction* row = tables().function("", name, false).row;
    return row == nullptr ? Effects() : row->effects;
  };
  CHECK(effects("atomic_fetch_add_explicit").has(Effect::AtomicBoth));
  CHECK(effects("atomic_load_explicit").has(Effect::AtomicRead));
  CHECK(effects("atomic_store").has(Effect::AtomicWrite));
  CHECK(effects("atomic_thread_fence").has(Effect::AtomicAside));
  CHECK(effects("InterlockedIncrement").has(Effect::AtomicBoth));
  CHECK(effects("atom").empty());
}

TEST_CASE("what a project adds comes before what is built in") {
  OwnRows rows;
  rows.types.push_back({"app::SmallVector", {TypeRole::Sequence, TypeRole::Indexed}, 1});
  rows.types.push_back({"Gate", TypeRole::Lock});
  rows.functions.push_back({"app::Pool::post", {Effect::HandsToPool}, 1});
  rows.functions.push_back({"read", Effect::ThreadNumber});
  const KnownNames known(rows);
  CHECK(known.type("app::SmallVector").own);
  CHECK(known.type("app::SmallVector").row->element == 1);
  CHECK(known.type("x::app::SmallVector").is(TypeRole::Sequence));
  CHECK_FALSE(known.type("SmallVector").is(TypeRole::Sequence));
  CHECK(known.type("app::Gate").is(TypeRole::Lock));
  CHECK(known.own_function("app::Pool::post").does(Effect::HandsToPool));
  // Arguments of templates may stand between the scopes.
  CHECK(known.own_function("app::T::Pool::post").does(Effect::HandsToPool));
  CHECK_FALSE(known.own_function("Pool::post").does(Effect::HandsToPool));
  CHECK_FALSE(known.own_function("app::Pool::postpone").does(Effect::HandsToPool));
  CHECK(known.function("", "read", false).does(Effect::ThreadNumber));
  CHECK(known.function("", "read", false).does(Effect::Waits));
  CHECK_FALSE(tables().type("app::Gate").is(TypeRole::Lock));
}

TEST_CASE("the digest tells what a project added, and nothing else") {
  CHECK(tables().digest().empty());
  CHECK_FALSE(tables().has_own());
  const auto digest = [](const OwnRows& rows) { return KnownNames(rows).digest(); };
  OwnRows rows;
  rows.types.push_back({"Vec", TypeRole::Sequence});
  std::set<std::string> seen{digest(rows)};
  rows.types.front().element = 1;
  CHECK(seen.insert(digest(rows)).second);
  rows.types.front().roles = TypeRole::Map;
  CHECK(seen.insert(digest(rows)).second);
  rows.functions.push_back({"go", Effect::StartsThread});
  CHECK(seen.insert(digest(rows)).second);
  rows.functions.front().many = true;
  CHECK(seen.insert(digest(rows)).second);
  rows.functions.front().entry = 2;
  CHECK(seen.insert(digest(rows)).second);
}

TEST_CASE("no row of the tables is there twice") {
  using namespace families;
  std::set<std::string> types;
  std::set<std::string> functions;
  for (const Family& family : {standard(), families::boost(), absl(), tbb(), posix(), windows(),
                               qt(), glib(), folly(), others(), snug_runtime()}) {
    for (const KnownType& row : family.types) {
      INFO(row.name);
      CHECK(types.insert(std::string(row.name)).second);
      CHECK_FALSE(row.roles.empty());
    }
    for (const KnownFunction& row : family.functions) {
      INFO(row.scope << "::" << row.name);
      CHECK(functions.insert(std::string(row.scope) + "::" + std::string(row.name)).second);
      CHECK_FALSE(row.effects.empty());
    }
  }
}
