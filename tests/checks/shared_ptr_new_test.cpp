#include <catch2/catch.hpp>

#include "analysis/check.hpp"
#include "base/text_edit.hpp"
#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const std::string text = "auto p = std::shared_ptr<T>(new T(1, 2)); q.reset(new T(1, 2));";

OwnerNew construct() {
  OwnerNew made;
  made.where = spot(9, 40);
  made.expression = spot(28, 39);
  made.arguments = spot(34, 38);
  made.function = "f";
  made.type = owner_of("T");
  made.made = "T";
  made.made_id = "c:@S@T";
  made.size = 32;
  made.same_type = true;
  made.units = {0};
  return made;
}

OwnerNew reset() {
  OwnerNew made = construct();
  made.form = OwnerNewForm::Reset;
  made.where = spot(42, 62);
  made.expression = spot(50, 61);
  made.arguments = spot(56, 60);
  made.reset = spot(43, 62);
  return made;
}

std::vector<Finding> run(const OwnerNew& made, const std::vector<OwningField>& fields = {},
                         const std::string& standard = "-std=c++20") {
  ModelBuilder builder;
  builder.model().units[0].flags = {standard};
  builder.model().ownership.news = {made};
  builder.model().ownership.fields = fields;
  for (const Check* check : all_checks()) {
    if (check->id != "shared-ptr-new") continue;
    return run_checks(std::span(&check, 1), builder.model(),
                      MemoryFiles({{"/project/a.cpp", text}}), {});
  }
  return {};
}

std::string fixed(const Finding& finding) {
  return apply_edits(text, finding.fixes.at(0).edits);
}

OwningField weak_to_t() {
  OwningField field;
  field.record_id = "c:@S@W";
  field.record = "W";
  field.field = "last";
  field.type = owner_of("T", Strength::Weak);
  return field;
}

}  // namespace

TEST_CASE("shared-ptr-new: a construction becomes a call of make_shared") {
  const auto findings = run(construct());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].needs_proof);
  CHECK(findings[0].message ==
        "'std::shared_ptr<T>(new T(...))' allocates twice: 32 bytes for the object, and a "
        "separate control block; std::make_shared allocates both at once");
  CHECK(findings[0].fixes.at(0).safety == Safety::Safe);
  CHECK(fixed(findings[0]).starts_with("auto p = std::make_shared<T>(1, 2);"));
}

TEST_CASE("shared-ptr-new: only the new-expression changes where the pointer is to a base") {
  OwnerNew made = construct();
  made.same_type = false;
  const auto findings = run(made);
  REQUIRE(findings.size() == 1);
  CHECK(fixed(findings[0]).starts_with("auto p = std::shared_ptr<T>(std::make_shared<T>(1, 2));"));
}

TEST_CASE("shared-ptr-new: reset becomes an assignment") {
  const auto findings = run(reset());
  REQUIRE(findings.size() == 1);
  CHECK(fixed(findings[0]).ends_with("; q = std::make_shared<T>(1, 2);"));
}

TEST_CASE("shared-ptr-new: boost has its own") {
  OwnerNew made = construct();
  made.type.family = "boost::shared_ptr";
  const auto findings = run(made);
  REQUIRE(findings.size() == 1);
  CHECK(fixed(findings[0]).find("boost::make_shared<T>(1, 2)") != std::string::npos);
}

TEST_CASE("shared-ptr-new: silent where make_shared cannot stand in") {
  const std::vector<bool OwnerNew::*> flags = {
      &OwnerNew::array,      &OwnerNew::placement,       &OwnerNew::class_new,
      &OwnerNew::from_macro, &OwnerNew::not_forwardable, &OwnerNew::initializer_list};
  for (std::size_t i = 0; i < flags.size(); ++i) {
    OwnerNew made = construct();
    made.*flags[i] = true;
    CAPTURE(i);
    CHECK(run(made).empty());
  }
}

TEST_CASE("shared-ptr-new: aggregates need C++20") {
  OwnerNew made = construct();
  made.aggregate = true;
  CHECK(run(made, {}, "-std=c++20").size() == 1);
  CHECK(run(made, {}, "-std=gnu++2a").size() == 1);
  CHECK(run(made, {}, "-std=c++17").empty());
}

TEST_CASE("shared-ptr-new: weak pointers ask for a look, and silence large objects") {
  const auto small = run(construct(), {weak_to_t()});
  REQUIRE(small.size() == 1);
  CHECK(small[0].fixes.at(0).safety == Safety::Review);
  OwnerNew large = construct();
  large.size = 4096;
  CHECK(run(large, {weak_to_t()}).empty());
  CHECK(run(large).size() == 1);
}
