#include "scan/parse/c_guards.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace snug::test {
namespace {

/// The text between the guards, one stretch after another, with | between them.
std::string guarded(std::string_view text) {
  std::string result;
  for (const auto& [begin, end] : c_guards(text)) {
    result += std::string(text.substr(begin, end - begin)) + "|";
  }
  return result;
}

bool is_guarded(std::string_view text, std::string_view word) {
  const auto at = text.find(word);
  for (const auto& [begin, end] : c_guards(text)) {
    if (at >= begin && at < end) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("what stands between the guards of a header is for C and C++") {
  const std::string header =
      "struct before;\n#ifdef __cplusplus\nextern \"C\" {\n#endif\nstruct inside { int a; };\n"
      "#ifdef __cplusplus\n}\n#endif\nstruct behind;\n";
  CHECK_FALSE(is_guarded(header, "struct before"));
  CHECK(is_guarded(header, "struct inside"));
  CHECK_FALSE(is_guarded(header, "struct behind"));
}

TEST_CASE("guards are written in many ways") {
  for (const std::string condition :
       {"#ifdef __cplusplus", "#if defined(__cplusplus)", "#  if defined __cplusplus",
        "#if __cplusplus", "#if defined(X) && defined(__cplusplus)"}) {
    for (const std::string opening :
         {"extern \"C\" {", "extern \"C\"\n{", "extern \"C\" /* c */ {"}) {
      CAPTURE(condition, opening);
      const std::string guard = condition + "\n" + opening + "\n#endif\n";
      CHECK(is_guarded(guard + "inside;", "inside"));
      CHECK(is_guarded(guard + "struct s { int a; };\ninside;\n" + condition + "\n}\n#endif\n",
                       "inside"));
      CHECK_FALSE(is_guarded(guard + condition + "\n} // extern C\n#endif\nbehind;", "behind"));
    }
  }
  CHECK(is_guarded("G_BEGIN_DECLS\ninside;\nG_END_DECLS\nbehind;", "inside"));
  CHECK_FALSE(is_guarded("__BEGIN_DECLS\ninside;\n__END_DECLS\nbehind;", "behind"));
}

TEST_CASE("what is no guard opens nothing") {
  CHECK(guarded("").empty());
  CHECK(guarded("int a;\n").empty());
  CHECK(guarded("// extern \"C\" {\nint a;\n").empty());
  CHECK(guarded("#define BEGIN_DECLS extern \"C\" {\nint a;\n").empty());
  CHECK(guarded("#ifndef __cplusplus\nextern \"C\" {\n#endif\nint a;\n").empty());
  CHECK(guarded("#if !defined(__cplusplus)\nextern \"C\" {\n#endif\nint a;\n").empty());
  CHECK(guarded("#ifdef __cplusplus\nextern \"C++\" {\n#endif\nint a;\n").empty());
  CHECK(guarded("#ifdef __cplusplus\n#else\nextern \"C\" {\n#endif\nint a;\n").empty());
  // One declaration alone.
  CHECK(guarded("#ifdef __cplusplus\nextern \"C\" int f();\n#endif\nint a;\n").empty());
}

}  // namespace snug::test
