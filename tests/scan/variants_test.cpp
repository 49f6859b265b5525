#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

constexpr std::string_view types = R"(
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>
struct Small { int value; };
struct Large { char bytes[400]; };
)";

const Holding* holding_named(const Model& model, const Variant& variant, std::string_view name) {
  const auto at =
      std::find_if(model.holdings.begin(), model.holdings.end(), [&](const Holding& holding) {
        return holding.record_id == variant.id && holding.name == name;
      });
  return at == model.holdings.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("variants: alternatives with their sizes, and the name of the alias") {
  const TextUnit unit(std::string(types) +
                      "namespace n { using Event = std::variant<Small, int, Large>; }\n"
                      "n::Event event;\n");
  const Model model = unit.scan();
  REQUIRE(model.variants.size() == 1);
  const Variant& variant = model.variants[0];
  CHECK(variant.name == "n::Event");
  CHECK(variant.family == "std::variant");
  CHECK(variant.size == 404);
  CHECK(variant.align == 4);
  CHECK(variant.where.line == 10);
  REQUIRE(variant.alternatives.size() == 3);
  CHECK(variant.alternatives[0].type == "Small");
  CHECK(variant.alternatives[1].size == 4);
  CHECK(variant.alternatives[1].record_id.empty());
  CHECK(variant.alternatives[2].size == 400);
  CHECK(variant.alternatives[2].align == 1);
  CHECK(variant.alternatives[2].record_id == record_named(model, "Large")->id);
}

TEST_CASE("variants: what holds them") {
  const TextUnit unit(std::string(types) +
                      "using Event = std::variant<Small, Large>;\n"
                      "struct Log { std::vector<Event> events; Event last; Event ring[4][2];\n"
                      "  std::optional<Event> maybe; std::map<int, Event> by_id;\n"
                      "  std::unique_ptr<Event> owned; std::vector<std::unique_ptr<Event>> many;\n"
                      "  Event* seen; };\n"
                      "thread_local Event mine;\n"
                      "int use() { Event here; std::vector<std::optional<Event>> all;\n"
                      "  return int(here.index() + all.size()); }\n");
  const Model model = unit.scan();
  // The optional of a large variant is a sum type of its own.
  REQUIRE(model.variants.size() == 2);
  const Variant& variant = model.variants[model.variants[0].family == "std::variant" ? 0 : 1];
  CHECK(variant.family == "std::variant");
  const auto kind = [&](std::string_view name) {
    const Holding* holding = holding_named(model, variant, name);
    REQUIRE(holding != nullptr);
    return holding->kind;
  };
  CHECK(kind("events") == HoldingKind::Container);
  CHECK(holding_named(model, variant, "events")->holder == "std::vector");
  CHECK(holding_named(model, variant, "events")->owner == record_named(model, "Log")->id);
  CHECK(kind("last") == HoldingKind::Value);
  CHECK(kind("ring") == HoldingKind::Array);
  CHECK(holding_named(model, variant, "ring")->count == 8);
  CHECK(kind("maybe") == HoldingKind::Value);
  CHECK(kind("by_id") == HoldingKind::Container);
  CHECK(kind("owned") == HoldingKind::SmartPointer);
  CHECK(kind("many") == HoldingKind::Container);
  CHECK(holding_named(model, variant, "seen") == nullptr);
  CHECK(holding_named(model, variant, "mine")->place == HoldingPlace::ThreadLocal);
  CHECK(holding_named(model, variant, "here")->place == HoldingPlace::Local);
  CHECK(kind("all") == HoldingKind::Container);
}

TEST_CASE("variants: constructions tell the alternative") {
  const TextUnit unit(std::string(types) +
                      "using Event = std::variant<Small, Large, std::string>;\n"
                      "Event make(int n) { if (n > 1) return Small{n}; return \"text\"; }\n"
                      "void fill(std::vector<Event>& v) {\n"
                      "  for (int i = 0; i < 9; ++i) v.push_back(Small{i});\n"
                      "  v.emplace_back(Large{});\n"
                      "  Event e = Small{1};\n"
                      "  e = Large{};\n"
                      "  e.emplace<Large>();\n"
                      "  v.push_back(e);\n"
                      "}\n");
  const Model model = unit.scan();
  REQUIRE(model.variants.size() == 1);
  std::set<std::string> made;  // what is built on a line counts once
  for (const Function& function : model.functions) {
    for (const Construction& one : function.constructions) {
      if (one.record_id != model.variants[0].id) continue;
      made.insert(std::to_string(one.where.line - 10) + " " + one.source_type +
                  (one.loop >= 0 ? " in loop" : ""));
    }
  }
  CHECK(made == std::set<std::string>{"1 Small", "1 const char[5]", "3 Small in loop", "4 Large",
                                      "5 Small", "6 Large", "7 Large"});
}

TEST_CASE("variants: layout-only scans and templates leave them out") {
  TextUnit unit(std::string(types) +
                "template <class T> using Either = std::variant<T, int>;\n"
                "template <class T> struct Holder { Either<T> value; };\n");
  CHECK(unit.scan().variants.empty());
  TextUnit used(std::string(types) + "std::variant<int, Large> v;\n");
  CHECK(used.scan().variants.size() == 1);
  CHECK(used.scan().variants[0].name.empty());
  used.options.layout_only = true;
  CHECK(used.scan().variants.empty());
}

TEST_CASE("variants: boost::variant") {
  const TextUnit unit(std::string(types) +
                      "#include <boost/variant.hpp>\n"
                      "using Event = boost::variant<Small, double, Large>;\nEvent event;\n");
  const Model model = unit.scan();
  REQUIRE(model.variants.size() == 1);
  CHECK(model.variants[0].family == "boost::variant");
  CHECK(model.variants[0].size == 408);
  CHECK(model.variants[0].alternatives.size() == 3);
}
