#include <catch2/catch.hpp>

#include <set>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

class Graph {
 public:
  /// A record with a field that owns another one.
  Graph& owns(const std::string& record, const std::string& field, const std::string& pointee,
              Strength strength = Strength::Counted, const std::string& container = "") {
    add(record);
    add(pointee);
    OwningField fact;
    fact.record_id = "c:@S@" + record;
    fact.record = record;
    fact.field = field;
    fact.where = spot(next_ += 10);
    fact.type = owner_of(pointee, strength);
    fact.container = container;
    facts().fields.push_back(fact);
    return *this;
  }

  Graph& stores(const std::string& function, const std::string& record, const std::string& field,
                const std::string& object, const std::string& value,
                OwnerStoreKind kind = OwnerStoreKind::Link) {
    OwnerStore fact;
    fact.where = spot(next_ += 10);
    fact.function = function;
    fact.record_id = "c:@S@" + record;
    fact.field = field;
    fact.object = object;
    fact.value = value;
    fact.kind = kind;
    facts().stores.push_back(fact);
    return *this;
  }

  Ownership& facts() { return builder_.model().ownership; }
  ModelBuilder& builder() { return builder_; }
  std::vector<Finding> run(const OptionValues& options = {}) {
    return builder_.run("shared-ptr-cycle", options);
  }

  void add(const std::string& record) {
    if (known_.insert(record).second) {
      builder_.add({.name = record, .fields = {real("value")}, .change = [&](Record& made) {
                      made.id = "c:@S@" + record;
                    }});
    }
  }

 private:
  ModelBuilder builder_;
  std::set<std::string> known_;
  std::uint64_t next_ = 0;
};

}  // namespace

TEST_CASE("shared-ptr-cycle: next and prev") {
  Graph graph;
  graph.owns("Link", "next", "Link").owns("Link", "prev", "Link");
  const auto findings = graph.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].where.begin == 20);
  CHECK(findings[0].message.find("make 'prev' weak") != std::string::npos);
  CHECK(findings[0].message.find("a 'Link' of 8 bytes") != std::string::npos);
  CHECK(has_evidence(findings[0], "alternative", "std::weak_ptr<Link>"));
}

TEST_CASE("shared-ptr-cycle: parent and children") {
  Graph graph;
  graph.owns("Node", "children_", "Node", Strength::Counted, "std::vector")
      .owns("Node", "parentNode", "Node");
  REQUIRE(graph.run().size() == 1);
  CHECK(graph.run()[0].level == Level::Warning);
}

TEST_CASE("shared-ptr-cycle: A and B with the path, a warning only with evidence") {
  Graph graph;
  graph.owns("A", "b", "B").owns("B", "a", "A");
  auto findings = graph.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message.find("A::b -> B::a -> A") != std::string::npos);
  CHECK(findings[0].subject == "A::b\nB::a");

  graph.stores("link", "A", "b", "x", "y").stores("link", "B", "a", "y", "x");
  findings = graph.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(has_evidence(findings[0], "store", "closed here, in 'link'"));
}

TEST_CASE("shared-ptr-cycle: an owner of this that is stored in what this owns") {
  Graph graph;
  graph.owns("A", "parts", "B", Strength::Unique, "std::vector").owns("B", "whole", "A");
  CHECK(graph.run().at(0).level == Level::Note);
  graph.stores("A::add", "B", "whole", "part", "this");
  CHECK(graph.run().at(0).level == Level::Warning);
}

TEST_CASE("shared-ptr-cycle: three records") {
  Graph graph;
  graph.owns("A", "b", "B").owns("B", "c", "C").owns("C", "owner", "A");
  REQUIRE(graph.run().size() == 1);
  CHECK(graph.run()[0].level == Level::Warning);
  CHECK(graph.run({{"shared-ptr-cycle.max-length", 2}}).empty());
}

TEST_CASE("shared-ptr-cycle: silent for lists, trees and binary trees") {
  Graph list;
  list.owns("L", "next", "L");
  CHECK(list.run().empty());
  Graph tree;
  tree.owns("T", "children", "T", Strength::Counted, "std::vector");
  CHECK(tree.run().empty());
  Graph binary;
  binary.owns("T", "left", "T").owns("T", "right", "T");
  CHECK(binary.run().empty());
}

TEST_CASE("shared-ptr-cycle: a graph whose nodes are linked both ways by the code") {
  Graph graph;
  graph.owns("N", "neighbours", "N", Strength::Counted, "std::vector");
  graph.stores("connect", "N", "neighbours", "a", "b");
  CHECK(graph.run().empty());
  graph.stores("connect", "N", "neighbours", "b", "a");
  REQUIRE(graph.run().size() == 1);
  CHECK(graph.run()[0].level == Level::Warning);
}

TEST_CASE("shared-ptr-cycle: silent where a weak pointer breaks it") {
  Graph graph;
  graph.owns("A", "b", "B").owns("B", "parent", "A", Strength::Weak);
  CHECK(graph.run().empty());
  Graph self;
  self.owns("Link", "next", "Link").owns("Link", "prev", "Link", Strength::Weak);
  CHECK(self.run().empty());
}

TEST_CASE("shared-ptr-cycle: silent for unique owners all the way") {
  Graph graph;
  graph.owns("A", "b", "B", Strength::Unique).owns("B", "up", "A", Strength::Unique);
  CHECK(graph.run().empty());
}

TEST_CASE("shared-ptr-cycle: silent for a tree through parts by value") {
  Graph graph;
  graph.owns("Value", "object", "Object");
  HeldContainer held;
  held.where = spot(500);
  held.record_id = "c:@S@Object";
  held.element_id = "c:@S@Value";
  graph.facts().containers.push_back(held);
  CHECK(graph.run().empty());
}

TEST_CASE("shared-ptr-cycle: a note where the code empties a field") {
  Graph graph;
  graph.owns("Link", "next", "Link").owns("Link", "prev", "Link");
  graph.stores("close", "Link", "prev", "this", "", OwnerStoreKind::Reset);
  REQUIRE(graph.run().size() == 1);
  CHECK(graph.run()[0].level == Level::Note);
  CHECK(has_evidence(graph.run()[0], "reset", "'prev' is emptied here, in 'close'"));
  graph.facts().stores.back().in_destructor = true;  // which never runs
  CHECK(graph.run()[0].level == Level::Warning);
}
