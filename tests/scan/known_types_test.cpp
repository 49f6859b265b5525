// Types and functions that a library has, or the project says that it has, as they are read from
// code.
#include <catch2/catch.hpp>

#include <algorithm>

#include "analysis/check.hpp"
#include "analysis/threads/thread_facts.hpp"
#include "base/files.hpp"
#include "gate/configuration/configuration.hpp"
#include "model/merge.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::shared_ptr<const KnownNames> known_by(std::string_view configuration) {
  return std::make_shared<const KnownNames>(
      read_configuration(configuration, "/p/.snug.toml", {}).known);
}

Model scanned(const std::string& text, std::string_view configuration = "") {
  TextUnit unit(text, {"-std=c++23"});
  if (!configuration.empty()) unit.options.known = known_by(configuration);
  return merge({unit.scan()});
}

bool holds(const Model& model, std::string_view field, HoldingKind kind) {
  return std::any_of(model.holdings.begin(), model.holdings.end(), [&](const Holding& holding) {
    return holding.name == field && holding.kind == kind;
  });
}

std::vector<Finding> false_sharing(const Model& model, std::string_view configuration = "") {
  std::vector<const Check*> checks;
  for (const Check* check : all_checks()) {
    if (check->id == "false-sharing") checks.push_back(check);
  }
  const auto known = configuration.empty() ? KnownNames::built_in() : known_by(configuration);
  return run_checks(checks, model, DiskFiles(), {}, {}, *known);
}

std::size_t warnings(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& one) { return one.level == Level::Warning; }));
}

constexpr std::string_view own_vector =
    "namespace app { template <class T> struct Vec { T* first; unsigned count; }; }\n"
    "struct Item { bool on; double price; };\n"
    "struct Book { app::Vec<Item> items; };\n"
    "Book book;\n";

}  // namespace

TEST_CASE("an own vector is a container by one row") {
  CHECK_FALSE(holds(scanned(std::string(own_vector)), "items", HoldingKind::Container));
  CHECK(holds(
      scanned(std::string(own_vector), "[[known.type]]\nname = \"app::Vec\"\nrole = \"vector\"\n"),
      "items", HoldingKind::Container));
}

TEST_CASE("the row tells which argument is held") {
  const std::string text =
      "struct Arena {};\n"
      "template <class A, class T> struct Vec { T* first; A* arena; };\n"
      "struct Item { bool on; };\n"
      "struct Book { Vec<Arena, Item> items; };\nBook book;\n";
  const Model model =
      scanned(text, "[[known.type]]\nname = \"Vec\"\nrole = \"vector\"\nelement = 1\n");
  const std::string item = record_named(model, "Item")->id;
  CHECK(std::any_of(
      model.ownership.containers.begin(), model.ownership.containers.end(),
      [&](const HeldContainer& held) { return held.name == "items" && held.element_id == item; }));
}

TEST_CASE("an own intrusive pointer is an owner by one row") {
  const std::string text =
      "template <class T> struct Ref { T* to; Ref(const Ref& other) : to(other.to) {} };\n"
      "struct Config { int n; };\n"
      "int use(Ref<Config> config) { return config.to->n; }\n";
  CHECK(scanned(text).ownership.declarations.empty());
  const Model model = scanned(text, "[[known.type]]\nname = \"Ref\"\nrole = \"shared-pointer\"\n");
  REQUIRE(model.ownership.declarations.size() == 1);
}

TEST_CASE("std::expected and an own variant are sums") {
  const Model standard = scanned(
      "#include <expected>\nstruct Large { char bytes[400]; };\n"
      "std::expected<int, Large> last = 1;\n");
  REQUIRE(standard.variants.size() == 1);
  CHECK(standard.variants.front().family == "std::expected");
  CHECK(standard.variants.front().alternatives.size() == 2);
  const std::string own =
      "namespace app { template <class... T> struct OneOf { char bytes[400]; int tag; }; }\n"
      "struct Large { char bytes[400]; };\n"
      "app::OneOf<int, Large> last;\n";
  CHECK(scanned(own).variants.empty());
  const Model model = scanned(own, "[[known.type]]\nname = \"app::OneOf\"\nrole = \"variant\"\n");
  REQUIRE(model.variants.size() == 1);
  CHECK(model.variants.front().family == "app::OneOf");
}

TEST_CASE("a lock is one for slots and for bodies alike") {
  const std::string text =
      "struct TicketLock { int next; };\nstruct Gate { int open; };\n"
      "struct Both { TicketLock ticket; Gate gate; };\nBoth both;\n";
  const Model model = scanned(text);
  CHECK(slot_named(record_named(model, "Both")->slots, "ticket")->is_lock);
  CHECK_FALSE(slot_named(record_named(model, "Both")->slots, "gate")->is_lock);
  const Model told = scanned(text, "[[known.type]]\nname = \"Gate\"\nrole = \"lock\"\n");
  CHECK(slot_named(record_named(told, "Both")->slots, "gate")->is_lock);
}

TEST_CASE("an own pool runs its tasks on threads by one row") {
  const std::string text =
      "#include <functional>\n"
      "namespace app { struct Crew { void defer(std::function<void()> task); }; }\n"
      "struct Totals { long a; long b; } totals;\n"
      "int main() {\n  app::Crew crew;\n"
      "  crew.defer([] { for (;;) ++totals.a; });\n"
      "  crew.defer([] { for (;;) ++totals.b; });\n}\n";
  const std::string row = "[[known.function]]\nname = \"app::Crew::defer\"\neffect = \"pool\"\n";
  CHECK(false_sharing(scanned(text)).empty());
  CHECK(warnings(false_sharing(scanned(text, row), row)) == 1);
}

TEST_CASE("a virtual run() of the project's base class is a thread entry by one row") {
  const std::string text =
      "namespace app { struct Job { virtual void run() = 0; }; void start(Job&); }\n"
      "struct Totals { long a; long b; } totals;\n"
      "struct One : app::Job { void run() override { for (;;) ++totals.a; } };\n"
      "struct Two : app::Job { void run() override { for (;;) ++totals.b; } };\n"
      "int main() { One one; Two two; app::start(one); app::start(two); }\n";
  const std::string row =
      "[[known.function]]\nname = \"app::Job::run\"\neffect = \"thread-entry\"\n";
  CHECK(false_sharing(scanned(text)).empty());
  CHECK_FALSE(false_sharing(scanned(text, row), row).empty());
}

TEST_CASE("boost::asio::post hands over to a pool") {
  const std::string text =
      "namespace boost::asio {\nstruct thread_pool { thread_pool(unsigned); void join(); };\n"
      "template <class E, class F> void post(E& executor, F&& task) {}\n}\n"
      "struct Totals { long a; long b; } totals;\n"
      "int main() {\n  boost::asio::thread_pool pool(4);\n"
      "  boost::asio::post(pool, [] { for (;;) ++totals.a; });\n"
      "  boost::asio::post(pool, [] { for (;;) ++totals.b; });\n  pool.join();\n}\n";
  // The declarations stand in for a header of the library, outside of the project.
  const std::size_t end = text.find("struct Totals");
  TextUnit unit("#include <asio.hpp>\n" + text.substr(end), {"-std=c++20", "-isystem", "."});
  unit.header("asio.hpp", text.substr(0, end));
  const Model model = merge({unit.scan()});
  std::size_t starts = 0;
  for (const Function& function : model.functions) starts += function.starts.size();
  CHECK(starts == 2);
}
