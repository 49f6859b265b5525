#include <catch2/catch.hpp>

#include "support/model_builder.hpp"
#include "support/ownership_facts.hpp"

using namespace snug;
using namespace snug::test;

namespace {

class Requests {
 public:
  Requests() {
    id_ = builder_.add(
        {.name = "Request",
         .fields = {
             {"std::string", "method", 32, 8}, {"std::string", "host", 32, 8}, real("bytes")}});
    HeldContainer held;
    held.where = spot(10);
    held.name = "log";
    held.container = "std::vector";
    held.element_id = id_;
    containers() = {held};
    touches("method", StringTouchKind::Compared).touches("host", StringTouchKind::Compared);
  }
  Requests& touches(const std::string& field, StringTouchKind kind) {
    StringTouch touch;
    touch.where = spot(next_ += 10);
    touch.record_id = id_;
    touch.field = field;
    touch.kind = kind;
    builder_.model().ownership.touches.push_back(touch);
    return *this;
  }
  std::vector<HeldContainer>& containers() { return builder_.model().ownership.containers; }
  ModelBuilder& builder() { return builder_; }
  std::vector<Finding> run(const OptionValues& options = {}) {
    return builder_.run("repeated-strings", options);
  }

 private:
  ModelBuilder builder_;
  std::string id_;
  std::uint64_t next_ = 100;
};

}  // namespace

TEST_CASE("repeated-strings: two strings that are compared and never changed, in bytes") {
  const auto findings = Requests().touches("host", StringTouchKind::Copied).run();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message ==
        "'Request' holds 2 strings that are compared and never changed ('host', 'method'): 64 of "
        "its 72 bytes, and a block each where the text is long; symbols of an interner take 8");
  CHECK(has_evidence(findings[0], "container", "'log' (std::vector)"));
  CHECK(has_evidence(findings[0], "copy", "'host' is copied here"));
}

TEST_CASE("repeated-strings: silent where one of them changes") {
  CHECK(Requests().touches("host", StringTouchKind::Changed).run().empty());
}

TEST_CASE("repeated-strings: the least number of strings is an option") {
  Requests one;
  one.touches("host", StringTouchKind::Changed);
  CHECK(one.run({{"repeated-strings.min-strings", 1}}).size() == 1);
  CHECK(Requests().run({{"repeated-strings.min-strings", 3}}).empty());
}

TEST_CASE("repeated-strings: silent without a container of them") {
  Requests loose;
  loose.containers()[0].element_id = "c:@S@Other";
  CHECK(loose.run().empty());
  loose.containers().clear();
  CHECK(loose.run().empty());
}

TEST_CASE("repeated-strings: silent for records that are not reported or come from macros") {
  Requests outside;
  outside.builder().record("Request").reported = false;
  CHECK(outside.run().empty());
  Requests macro;
  macro.builder().record("Request").traits.from_macro = true;
  CHECK(macro.run().empty());
}
