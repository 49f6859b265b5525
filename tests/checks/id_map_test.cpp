#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

class Holder {
 public:
  Holder() {
    element_ = builder_.add({.name = "Job", .fields = {real("work"), real("more")}});
    id_ = builder_.add({.name = "Holder", .fields = {real("value")}});
  }
  HeldContainer& holds(const std::string& name, const std::string& container) {
    HeldContainer held;
    held.where = spot(next_ += 10);
    held.record_id = id_;
    held.holder = "Holder";
    held.name = name;
    held.container = container;
    held.element = "Job";
    held.element_id = element_;
    held.integer_key = container.ends_with("map");
    facts().containers.push_back(held);
    return facts().containers.back();
  }
  void holds_indices(const std::string& name) {
    HeldContainer& held = holds(name, "std::vector");
    held.element = "int";
    held.element_id.clear();
    held.integer_element = true;
  }
  Holder& calls(const std::string& field, const std::string& method, const std::string& function,
                const std::string& counter = "") {
    ContainerCall call;
    call.where = spot(next_ += 10);
    call.record_id = id_;
    call.field = field;
    call.method = method;
    call.function = function;
    call.counter = counter;
    facts().calls.push_back(call);
    return *this;
  }
  Ownership& facts() { return builder_.model().ownership; }
  ModelBuilder& builder() { return builder_; }
  std::vector<Finding> run(const OptionValues& options = {}) {
    return builder_.run("id-map", options);
  }

 private:
  ModelBuilder builder_;
  std::string element_, id_;
  std::uint64_t next_ = 0;
};

Holder free_list() {
  Holder holder;
  holder.holds("jobs_", "std::vector");
  holder.holds_indices("free_");
  holder.calls("free_", "back", "add").calls("free_", "pop_back", "add");
  holder.calls("jobs_", "operator[]", "add").calls("free_", "push_back", "remove");
  return holder;
}

}  // namespace

TEST_CASE("id-map: keys that the record counts up") {
  Holder holder;
  holder.holds("jobs_", "std::unordered_map");
  holder.calls("jobs_", "emplace", "add", "next_").calls("jobs_", "find", "get");
  const auto findings = holder.run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message.find("'jobs_' maps numbers that 'next_' counts up to 'Job'") == 0);
  CHECK(findings[0].subject == "Holder\njobs_");
  CHECK(has_evidence(findings[0], "key", "in 'add'"));
}

TEST_CASE("id-map: silent for keys from outside, also if only some are") {
  Holder holder;
  holder.holds("jobs_", "std::unordered_map");
  holder.calls("jobs_", "emplace", "add");
  CHECK(holder.run().empty());
  holder.calls("jobs_", "emplace", "make", "next_");
  CHECK(holder.run().empty());
}

TEST_CASE("id-map: look-ups by operator[] are no insertions") {
  Holder holder;
  holder.holds("jobs_", "std::unordered_map");
  holder.calls("jobs_", "operator[]", "get");
  CHECK(holder.run().empty());
  holder.calls("jobs_", "operator[]", "add", "next_");
  CHECK(holder.run().size() == 1);
}

TEST_CASE("id-map: an ordered map only if asked for, shared values never") {
  Holder ordered;
  ordered.holds("jobs_", "std::map");
  ordered.calls("jobs_", "emplace", "add", "next_");
  CHECK(ordered.run().empty());
  CHECK(ordered.run({{"id-map.ordered", 1}}).size() == 1);
  Holder shared;
  shared.holds("jobs_", "std::unordered_map").pointer = owner_of("Job");
  shared.calls("jobs_", "emplace", "add", "next_");
  CHECK(shared.run().empty());
}

TEST_CASE("id-map: two counters, or keys that are no integers") {
  Holder two;
  two.holds("jobs_", "std::unordered_map");
  two.calls("jobs_", "emplace", "add", "next_").calls("jobs_", "emplace", "other", "last_");
  CHECK(two.run().empty());
  Holder text;
  text.holds("jobs_", "std::unordered_map").integer_key = false;
  text.calls("jobs_", "emplace", "add", "next_");
  CHECK(text.run().empty());
}

TEST_CASE("id-map: a vector with a free list of plain indices") {
  const auto findings = free_list().run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message.find("takes them back in 'free_'") != std::string::npos);
}

TEST_CASE("id-map: silent for a free list with generations") {
  Holder holder = free_list();
  holder.builder().record("Job").slots.front().name = "generation_";
  CHECK(holder.run().empty());
}

TEST_CASE("id-map: silent where places are only taken or only given back") {
  for (const char* method : {"pop_back", "push_back", "back"}) {
    Holder holder = free_list();
    std::erase_if(holder.facts().calls, [&](const ContainerCall& call) {
      return call.field == "free_" && call.method == method;
    });
    CAPTURE(method);
    CHECK(holder.run().empty());
  }
}
