#include "session/check_selection.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace snug;

namespace {

constexpr CheckOption padding_options[] = {{"min-bytes", 8, "bytes"}};

const Check padding = {"padding", "", "", padding_options, nullptr};
const Check straddle = {"line-straddle", "", "", {}, nullptr};
const Check layout = {"odr-layout", "", "", {}, nullptr};
const Check* const checks[] = {&straddle, &layout, &padding};

std::string selected(const std::string& list) {
  std::string names;
  for (const Check* check : select_checks(checks, list)) {
    names += names.empty() ? "" : " ";
    names += check->id;
  }
  return names;
}

std::string error_of(const std::string& list) {
  try {
    (void)selected(list);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a list that begins with a name starts from nothing") {
  CHECK(selected("padding") == "padding");
  CHECK(selected("padding,odr-layout") == "odr-layout padding");
  CHECK(selected(" padding , odr-* ") == "odr-layout padding");
  CHECK(selected("*") == "line-straddle odr-layout padding");
  CHECK(selected("*,-padding") == "line-straddle odr-layout");
}

TEST_CASE("a list that begins with a sign starts from all checks") {
  CHECK(selected("") == "line-straddle odr-layout padding");
  CHECK(selected("-padding") == "line-straddle odr-layout");
  CHECK(selected("-*,+padding") == "padding");
  CHECK(selected("+padding") == "line-straddle odr-layout padding");
}

TEST_CASE("rules apply from left to right") {
  CHECK(selected("padding,-padding") == "");
  CHECK(selected("-padding,padding") == "line-straddle odr-layout padding");
}

TEST_CASE("a rule that fits no check is an error with a hint") {
  CHECK(error_of("paddign").find("no check 'paddign'; did you mean 'padding'?") !=
        std::string::npos);
  CHECK(error_of("-linestraddle").find("did you mean 'line-straddle'?") != std::string::npos);
  CHECK(error_of("foo-*").find("no check 'foo-*'") != std::string::npos);
}

TEST_CASE("options of checks are known by name") {
  CHECK_NOTHROW(validate_options(checks, {{"padding.min-bytes", 1}}));
  CHECK_THROWS_WITH(validate_options(checks, {{"padding.min-byte", 1}}),
                    Catch::Contains("did you mean 'min-bytes'?"));
  CHECK_THROWS_WITH(validate_options(checks, {{"pading.min-bytes", 1}}),
                    Catch::Contains("did you mean 'padding'?"));
  CHECK_THROWS_WITH(validate_options(checks, {{"odr-layout.x", 1}}),
                    Catch::Contains("it has none"));
}
