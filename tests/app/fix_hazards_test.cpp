// Programs that print something else if a reorder forgets one of the places that depend on it.
//
// One project with a header for each hazard: it is compiled, run, fixed, compiled and run again.
#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <map>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
namespace fs = std::filesystem;

namespace {

struct Hazard {
  std::string name;    ///< Of the header, and of the function `void show_NAME()` in it.
  bool fixed;          ///< Whether a safe fix can be made.
  std::string header;  ///< Behind "#pragma once" and the includes.
};

const std::vector<Hazard>& hazards() {
  static const std::vector<Hazard> list = {
      {"bindings", true,
       "struct Sb { char a; double b; char c; };\n"
       "inline void show_bindings() {\n"
       "  const Sb one{1, 2, 3};\n"
       "  auto [x, y, z] = one;\n"
       "  for (auto& [i, j, k] : std::vector<Sb>{one, {4, 5, 6}}) print(i, j, k);\n"
       "  print(x, y, z);\n"
       "}\n"},
      {"emplace", false,
       "struct Em { char a; double b; char c; };\n"
       "inline void show_emplace() {\n"
       "  std::vector<Em> v;\n"
       "  v.emplace_back(1, 2, 3);\n"
       "  print(v[0].a, v[0].b, v[0].c);\n"
       "}\n"},
      {"parens", true,
       "struct Pa { char a; double b; char c; };\n"
       "inline void show_parens() {\n"
       "  Pa p(1, 2, 3);\n"
       "  print(p.a, p.b, p.c);\n"
       "}\n"},
      {"braces", true,
       "struct Br { char a; double b; char c; Br* next; char d; };\n"
       "inline Br made(int n) { return {char(n), n + 1.0, char(n + 2), nullptr, 9}; }\n"
       "inline Br table[] = {{1, 2, 3, nullptr, 4},  // one\n"
       "                     {5, 6, 7, nullptr, 8}};\n"
       "inline void show_braces() {\n"
       "  Br inner = made(7), outer{1, 2, 3, new Br{4, 5, 6, &inner, 7}, 8};\n"
       "  Br named{.a = 1, .b = 2, .c = 3, .d = 4};\n"
       "  for (const Br& b : {outer, *outer.next, *outer.next->next, named, table[0], table[1]})\n"
       "    print(b.a, b.b, b.c + 10 * b.d);\n"
       "}\n"},
      {"effects", false,
       "struct Ef { char a; double b; char c; };\n"
       "inline int next_effect() { static int n = 0; return ++n; }\n"
       "inline void show_effects() {\n"
       "  Ef e{char(next_effect()), double(next_effect()), char(next_effect())};\n"
       "  print(e.a, e.b, e.c);\n"
       "}\n"},
      {"defaults", false,
       "struct Df { char a = 1; double b = a + 1; char c = char(b + 1); };\n"
       "inline void show_defaults() { Df d; print(d.a, d.b, d.c); }\n"},
      {"constructor", false,
       "struct Cd { char a; double b; char c;\n"
       "  explicit Cd(int n) : a(char(n)), b(a + 1), c(char(b + 1)) {} };\n"
       "inline void show_constructor() { Cd d(4); print(d.a, d.b, d.c); }\n"},
      {"initializers", true,
       "struct In { char a; double b; char c;\n"
       "  explicit In(int n) : a(char(n)), b(n + 1), c(char(n + 2)) {} };\n"
       "inline void show_initializers() { In i(4); print(i.a, i.b, i.c); }\n"},
      {"bytes", false,
       "struct By { char a; double b; char c; };\n"
       "inline void show_bytes() {\n"
       "  By b{1, 0, 3};\n"
       "  unsigned char raw[sizeof b];\n"
       "  std::memcpy(raw, &b, sizeof b);\n"
       "  print(raw[0], raw[16 % sizeof raw], 0);\n"
       "}\n"},
      {"offsets", true,
       "struct Of { char a; double b; char c; };\n"
       "inline void show_offsets() {\n"
       "  Of o{1, 2, 3};\n"
       "  const char* raw = reinterpret_cast<const char*>(&o.a) - offsetof(Of, a);\n"
       "  double b;\n"
       "  std::memcpy(&b, raw + offsetof(Of, b), sizeof b);\n"
       "  print(b, raw[offsetof(Of, c)], 0);\n"
       "}\n"},
      {"asserted", false,
       "struct As { char a; double b; char c; };\n"
       "static_assert(sizeof(As) == 24 && offsetof(As, c) == 16);\n"
       "inline void show_asserted() { print(sizeof(As), 0, 0); }\n"},
      {"macro_field", false,
       "#define PAIR(x) char x; double x##_value;\n"
       "struct Mf { PAIR(a) char c; double d; };\n"
       "inline void show_macro_field() { Mf m{1, 2, 3, 4}; print(m.a, m.a_value, m.c); }\n"},
      {"macro_use", false,
       "struct Mu { char a; double b; char c; };\n"
       "#define MAKE_MU(x, y, z) Mu{x, y, z}\n"
       "inline void show_macro_use() { Mu m = MAKE_MU(1, 2, 3); print(m.a, m.b, m.c); }\n"},
      {"conditional", false,
       "struct Co { char a; double b;\n"
       "#ifdef NEVER\n"
       "  int extra;\n"
       "#endif\n"
       "  char c; };\n"
       "inline void show_conditional() { Co x{1, 2, 3}; print(x.a, x.b, x.c); }\n"},
      {"declarators", true,
       "struct De { char a; double b, *p; char c, d; };\n"
       "inline void show_declarators() { De x{1, 2, nullptr, 3, 4}; print(x.a, x.b, x.c + x.d); "
       "}\n"},
      {"comments", true,
       "struct Cm {\n"
       "  char a;    // about a\n"
       "  // about b, above\n"
       "  double b;  ///< about b\n"
       "  char c;    /* about c */\n"
       "};\n"
       "inline void show_comments() { Cm x{1, 2, 3}; print(x.a, x.b, x.c); }\n"},
      {"crlf", true,
       "struct Cr {\r\n  char a;\r\n  double b;\r\n  char c;\r\n};\r\n"
       "inline void show_crlf() {\r\n  Cr x{1,\r\n  2,\r\n  3};\r\n  print(x.a, x.b, x.c);\r\n}"},
      {"letters", true,
       "struct Gr\xc3\xb6\xc3\x9f"
       "e { char h\xc3\xb6he; double l\xc3\xa4nge; char \xce\xb1; };\n"
       "inline void show_letters() {\n"
       "  const Gr\xc3\xb6\xc3\x9f"
       "e g{1, 2, 3};  // \xe4\xbd\x8d\n"
       "  const auto& [\xce\xb2, b, c] = g;\n"
       "  print(\xce\xb2, b, c);\n"
       "}\n"},
      {"compared", false,
       "struct Cp { char a; double b; char c; auto operator<=>(const Cp&) const = default; };\n"
       "inline void show_compared() { print(Cp{1, 2, 3} < Cp{1, 3, 2}, 0, 0); }\n"},
      {"first_member", false,
       "struct Fi { char a; double b; char c; };\n"
       "inline void show_first_member() {\n"
       "  Fi f{1, 2, 3};\n"
       "  print(*reinterpret_cast<char*>(&f), 0, 0);\n"
       "}\n"},
      {"templates", false,
       "struct Te { char a; double b; char c; };\n"
       "template <class T> T made_of(int n) { return T{char(n), n + 1.0, char(n + 2)}; }\n"
       "inline void show_templates() { Te t = made_of<Te>(1); print(t.a, t.b, t.c); }\n"},
      {"omitted", true,
       "struct Om { char a; double b; char c; };\n"
       "inline void show_omitted() { Om o{1, 2}; print(o.a, o.b, o.c); }\n"},
      {"generated", false,
       "struct Ge { char a; double b; char c; };\n"
       "inline void show_generated() { Ge g{1, 2, 3}; print(g.a, g.b, g.c); }\n"},
      {"linked", true,
       "struct Li { char a; double b; char c; };\n"
       "inline void show_linked() { Li l{1, 2, 3}; print(l.a, l.b, l.c); }\n"},
      {"index_operator", true,
       "struct Io { char k; double d; float x; float y; float z; double e; char q;\n"
       "  float operator[](int i) const { return (&x)[i]; } };\n"
       "inline void show_index_operator() {\n"
       "  Io o{1, 2, 3, 4, 5, 6, 7};\n"
       "  print(o[0], o[1], o[2]);\n"
       "}\n"},
      {"copied_run", true,
       "struct Cr3 { char k; double d; float x; float y; float z; double e; char q; };\n"
       "inline void show_copied_run() {\n"
       "  Cr3 s{1, 2, 3, 4, 5, 6, 7};\n"
       "  float v[3];\n"
       "  std::memcpy(v, &s.x, sizeof v);\n"
       "  print(v[0], v[1], v[2]);\n"
       "}\n"},
      {"cleared_between", true,
       "struct Cb { char keep; double b; char c; double d; char e; };\n"
       "inline void show_cleared_between() {\n"
       "  Cb s{1, 2, 3, 4, 5};\n"
       "  char* from = (char*)&s.b;\n"
       "  char* to = (char*)&s.e;\n"
       "  std::memset(from, 0, static_cast<std::size_t>(to - from));\n"
       "  print(s.keep, s.b + s.c + s.d, s.e);\n"
       "}\n"},
      {"cleared_rest", false,
       "struct Ct { char keep; double d; char c; double e; char q; };\n"
       "inline void show_cleared_rest() {\n"
       "  Ct s{1, 2, 3, 4, 5};\n"
       "  std::memset(&s.d, 0, sizeof(Ct) - 8);\n"
       "  print(s.keep, s.d + s.c + s.e, s.q);\n"
       "}\n"},
      {"inactive", false,
       "struct Ia { char a; double b; char c; };\n"
       "#ifdef NEVER\n"
       "inline Ia never_made = {1, 2, 3};\n"
       "#endif\n"
       "inline void show_inactive() { Ia i{1, 2, 3}; print(i.a, i.b, i.c); }\n"},
      {"order_comment", false,
       "struct Oc {\n"
       "  char a;\n"
       "  double b;\n"
       "  char c;  // must be last\n"
       "};\n"
       "inline void show_order_comment() { Oc o{1, 2, 3}; print(o.a, o.b, o.c); }\n"},
      {"group_comment", true,
       "struct Gc {\n"
       "  // input:\n"
       "  char a;\n"
       "  double b;\n\n"
       "  // output:\n"
       "  char c;\n"
       "};\n"
       "inline void show_group_comment() { Gc g{1, 2, 3}; print(g.a, g.b, g.c); }\n"},
      {"mapped_lines", false,
       "#line 7 \"table.y\"\n"
       "struct Ml { char a; double b; char c; };\n"
       "inline void show_mapped_lines() { Ml m{1, 2, 3}; print(m.a, m.b, m.c); }\n"},
  };
  return list;
}

ProgramResult run_in(const ScratchFolder& folder, const std::vector<std::string>& words) {
  ProgramOptions options;
  options.directory = folder.path();
  options.timeout = std::chrono::seconds(300);
  return run_program(words, options);
}

std::string file_of(const Hazard& hazard) {
  return hazard.name == "linked" ? "real/linked.hpp" : "src/" + hazard.name + ".hpp";
}

void write_project(const ScratchFolder& folder) {
  const std::string includes =
      "#pragma once\n#include <cstddef>\n#include <cstring>\n#include <cstdio>\n"
      "#include <compare>\n#include <vector>\n#include \"print.hpp\"\n";
  folder.write("src/print.hpp",
               "#pragma once\n#include <cstdio>\n"
               "inline void print(double a, double b, double c) {\n"
               "  std::printf(\"%g %g %g\\n\", a, b, c);\n}\n");
  std::string main = "#include <cstdio>\n", calls;
  for (const Hazard& hazard : hazards()) {
    std::string text = includes + hazard.header;
    if (hazard.name == "generated") text = "// Generated by tables.py. DO NOT EDIT.\n" + text;
    if (hazard.name == "crlf") text = "\xEF\xBB\xBF" + text;
    folder.write(file_of(hazard), text);
    main += fmt::format("#include \"{}.hpp\"\n", hazard.name);
    calls += fmt::format("  std::printf(\"{0}: \");\n  show_{0}();\n", hazard.name);
  }
  fs::create_symlink("../real/linked.hpp", folder.path("src/linked.hpp"));
  folder.write("src/main.cpp", main + "int main() {\n" + calls + "}\n");
  folder.write(".git/HEAD", "");  // the root
}

std::string output_of(const ScratchFolder& folder) {
  const auto built =
      run_in(folder, {"c++", "-std=c++20", "-Wall", "-Werror=reorder", "-Wno-class-memaccess", "-o",
                      "program", "-Isrc", "-Ireal", "src/main.cpp"});
  INFO(built.err);
  REQUIRE(built.ok());
  const auto run = run_in(folder, {folder.path("program")});
  REQUIRE(run.ok());
  return run.out;
}

}  // namespace

TEST_CASE("a program prints the same after every safe fix, and the hazards are fixed or refused") {
  const ScratchFolder folder;
  write_project(folder);
  folder.write_database({"src/main.cpp"}, {"-std=c++20", "-Isrc", "-Ireal"});
  std::map<std::string, std::string> before;
  for (const Hazard& hazard : hazards()) before[hazard.name] = folder.read(file_of(hazard));
  const std::string printed = output_of(folder);

  const auto fixed = run_in(folder, {SNUG_PROGRAM, "fix", "--level", "note"});
  INFO(fixed.out);
  INFO(fixed.err);
  CHECK(fixed.exit_status == 1);  // the generated header
  for (const Hazard& hazard : hazards()) {
    INFO(hazard.name);
    const std::string after = folder.read(file_of(hazard));
    INFO(after);
    CHECK((after != before[hazard.name]) == hazard.fixed);
  }
  CHECK(output_of(folder) == printed);
  CHECK(fs::is_symlink(folder.path("src/linked.hpp")));
  CHECK(folder.read("src/comments.hpp")
            .find("  char c;    /* about c */\n"
                  "  // about b, above\n"
                  "  double b;  ///< about b\n") != std::string::npos);
  const std::string crlf = folder.read("src/crlf.hpp");
  CHECK(crlf.starts_with("\xEF\xBB\xBF#pragma once\n"));
  CHECK(crlf.ends_with("print(x.a, x.b, x.c);\r\n}"));
  CHECK(crlf.find("  char a;\r\n  char c;\r\n  double b;\r\n") != std::string::npos);
  CHECK(crlf.find("{1,\r\n  3,\r\n  2}") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.path(".snug-fix.lock")));
  CHECK_FALSE(fs::exists(folder.path(".snug-fix.journal")));

  SECTION("a second run has nothing left to do") {
    const auto again = run_in(folder, {SNUG_PROGRAM, "fix", "--level", "note"});
    CHECK(again.out.find("snug: 0 fixes applied in 0 files") != std::string::npos);
  }
  SECTION("what a person may accept is applied when it is asked for, what nobody can see is not") {
    const auto more =
        run_in(folder, {SNUG_PROGRAM, "fix", "--level", "note", "--safety", "review"});
    INFO(more.out);
    for (const std::string name :
         {"bytes", "compared", "cleared_rest", "inactive", "order_comment", "conditional"}) {
      INFO(name);
      CHECK(folder.read("src/" + name + ".hpp") != before[name]);
    }
    for (const std::string name :
         {"emplace", "effects", "macro_use", "templates", "asserted", "defaults", "constructor"}) {
      INFO(name);
      CHECK(folder.read("src/" + name + ".hpp") == before[name]);
    }
  }
}
