#include "session/missing_type.hpp"

#include <catch2/catch.hpp>

#include "support/findings.hpp"

namespace snug::test {
namespace {

std::optional<SourceName> look_for(const std::string& type, const std::string& text) {
  Model model;
  model.file_hashes["/p/a.hpp"] = "";
  const MemoryFiles files({{"/p/a.hpp", text}});
  return name_in_sources(type, model, files);
}

}  // namespace

TEST_CASE("a name of the source that is the name of no record") {
  const auto [type, text, by, line,
              target] = GENERATE(table<std::string, std::string, NamedBy, unsigned, std::string>({
      {"Value", "#include <variant>\nusing Value = std::variant<int,\n  Big>;", NamedBy::Alias, 2,
       "std::variant<int, Big>"},
      {"ns::Value", "typedef unsigned long Value;", NamedBy::Alias, 1, "unsigned long"},
      {"Vec", "template <class T>\nstruct Vec { T x; };", NamedBy::Template, 2, ""},
      {"Vec<int>", "template <class T> requires (sizeof(T) > 1) class Vec : Base {};",
       NamedBy::Template, 1, ""},
      {"Vec", "template <class T> struct alignas(8) Vec final { T x; };", NamedBy::Template, 1, ""},
      {"Old", "#if 0\nstruct Old { int a; };\n#endif", NamedBy::Record, 2, ""},
      {"Color", "enum class Color : char { Red };", NamedBy::Enumeration, 1, ""},
      {"Value", "struct Value { int a; };\nusing Value = Other;", NamedBy::Alias, 2, "Other"},
  }));
  CAPTURE(text);
  const auto found = look_for(type, text);
  REQUIRE(found);
  CHECK(found->by == by);
  CHECK(found->line == line);
  CHECK(found->target == target);
  CHECK(source_name_text(type, *found, "/p").find("a.hpp:" + std::to_string(line)) !=
        std::string::npos);
}

TEST_CASE("a name that is only used, or stands in comments and literals, is not declared") {
  for (const char* text :
       {"struct Vec;", "Vec make();", "// struct Vec { };", "auto s = \"struct Vec {\";",
        "struct Vector { };", "f(struct Vec *v);", "template <> struct Other<Vec> { };", ""}) {
    CAPTURE(text);
    CHECK_FALSE(look_for("Vec", text));
  }
  CHECK_FALSE(look_for("", "struct Vec { };"));
}

}  // namespace snug::test
