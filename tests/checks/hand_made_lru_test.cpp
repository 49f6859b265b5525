#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

class Cache {
 public:
  Cache() {
    id_ = builder_.add({.name = "Cache", .fields = {real("value")}});
    HeldContainer list;
    list.where = spot(10);
    list.record_id = id_;
    list.name = "list_";
    list.container = "std::list";
    list.type = "std::pair<int, long>";
    HeldContainer map = list;
    map.where = spot(20);
    map.name = "map_";
    map.container = "std::unordered_map";
    map.type = "std::_List_iterator<std::pair<int, long>>";
    map.iterator_of = "std::pair<int, long>";
    map.key = "int";
    containers() = {list, map};
  }
  std::vector<HeldContainer>& containers() { return builder_.model().ownership.containers; }
  Cache& calls(const std::string& method, const std::string& function) {
    ContainerCall call;
    call.where = spot(next_ += 10);
    call.record_id = id_;
    call.field = "list_";
    call.method = method;
    call.function = function;
    builder_.model().ownership.calls.push_back(call);
    return *this;
  }
  std::vector<Finding> run() { return builder_.run("hand-made-lru"); }

 private:
  ModelBuilder builder_;
  std::string id_;
  std::uint64_t next_ = 100;
};

}  // namespace

TEST_CASE("hand-made-lru: splice and an eviction at the back") {
  Cache cache;
  cache.calls("splice", "Cache::get").calls("pop_back", "Cache::put");
  const auto findings = cache.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].subject == "Cache\nlist_\nmap_");
  CHECK(has_evidence(findings[0], "move", "'Cache::get'"));
  CHECK(has_evidence(findings[0], "eviction", "'Cache::put'"));
  CHECK(has_evidence(findings[0], "alternative", "snug::lru_cache<int"));
}

TEST_CASE("hand-made-lru: erase and push in one function are a move") {
  CHECK(Cache()
            .calls("erase", "get")
            .calls("push_front", "get")
            .calls("pop_back", "put")
            .run()
            .size() == 1);
  CHECK(Cache()
            .calls("erase", "get")
            .calls("push_back", "get")
            .calls("pop_front", "put")
            .run()
            .size() == 1);
}

TEST_CASE("hand-made-lru: a timer queue is silent") {
  CHECK(Cache()
            .calls("push_back", "start")
            .calls("erase", "cancel")
            .calls("pop_front", "next")
            .run()
            .empty());
}

TEST_CASE("hand-made-lru: silent without the move, the eviction or the other end") {
  CHECK(Cache().calls("splice", "get").run().empty());
  CHECK(Cache().calls("pop_back", "put").run().empty());
  CHECK(Cache()
            .calls("erase", "get")
            .calls("push_back", "get")
            .calls("pop_back", "put")
            .run()
            .empty());
}

TEST_CASE("hand-made-lru: silent without the list's iterators") {
  Cache other;
  other.calls("splice", "get").calls("pop_back", "put");
  other.containers()[1].iterator_of = "int";
  CHECK(other.run().empty());
  other.containers()[1].iterator_of.clear();
  CHECK(other.run().empty());
  other.containers().pop_back();
  CHECK(other.run().empty());
}
