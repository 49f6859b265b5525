// Records that code outside of the language finds, and those that code sees which is not walked.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;
using test::use_list;
using test::uses_of;
using List = std::vector<std::string>;

const std::string kRecord = "struct T { char a; double b; char c; };\n";

List symbol_uses_in(const std::string& code, const std::string& unit = "a.c") {
  return use_list(scan_sources({{unit, kRecord + code + "\n"}}), "T");
}

}  // namespace

TEST_CASE("assembly outside of functions knows what it names") {
  const std::string third =
      "__asm__(\".text\\n.globl third\\nthird:\\tmovsbl 16(%rdi),%eax\\nret\\n\");";
  CHECK(symbol_uses_in("int third(const struct T*);\n" + third) == List{"byte-cast@a.c:2"});
  CHECK(symbol_uses_in("struct T third(int);\n" + third) == List{"byte-cast@a.c:2"});
  CHECK(symbol_uses_in("int third(const T&);\n"
                       "asm(\".globl _Z5thirdRK1T\\n_Z5thirdRK1T: ret\\n\");",
                       "a.cpp") == List{"byte-cast@a.cpp:2"});
  CHECK(symbol_uses_in("struct T g;\n__asm__(\"get: movsbl g+16(%rip),%eax\\nret\\n\");") ==
        List{"byte-cast@a.c:2"});
  CHECK(symbol_uses_in("extern const struct T g;\n__asm__(\".data\\ng: .byte 1\\n\");") ==
        List{"byte-cast@a.c:2"});
  // Instructions, registers and other symbols are none of its names.
  CHECK(symbol_uses_in("int ret(struct T*); int rdi(struct T*); int fourth(struct T*);\n" + third)
            .empty());
  CHECK(symbol_uses_in("int third(int);\n" + third).empty());
}

TEST_CASE("sections that somebody reads") {
  const std::string in = "__attribute__((section(\"";
  CHECK(symbol_uses_in(in + ".isr_vector\"))) struct T t;") == List{"byte-cast@a.c:2"});
  CHECK(symbol_uses_in(
            "#define SEC __attribute__((__section__(\".boot2\")))\nSEC static struct T t[2];") ==
        List{"byte-cast@a.c:3"});
  CHECK(symbol_uses_in(
            "#define SEC(s) __attribute__((section(s)))\nSEC(\".fw_header\") struct T t;") ==
        List{"byte-cast@a.c:3"});
  CHECK(symbol_uses_in("extern const char __start_regs[];\n" + in + "regs\"))) struct T t;") ==
        List{"byte-cast@a.c:3"});
  // Where data goes, and sets of records.
  CHECK(symbol_uses_in(in + ".data.hot\"))) struct T t;").empty());
  CHECK(symbol_uses_in(in + "regs\"))) struct T t;").empty());
  CHECK(symbol_uses_in(in + "regs\"))) struct T t;\nextern struct T __start_regs[], __stop_regs[];")
            .empty());
  CHECK(symbol_uses_in(in + ".list\"))) struct T* t;").empty());
}

TEST_CASE("bytes that functions hand out") {
  const std::string blob = "static const unsigned char blob[24] = {1, 2};\n";
  const std::string get = "static const void* get(int i) { return blob + i; }\n";
  const std::string use =
      "char f(void) { const struct T* t = (const struct T*)get(0); return t->c; }";
  CHECK(symbol_uses_in(blob + get + use) == List{"byte-cast@a.c:4"});
  CHECK(symbol_uses_in("static unsigned char blob[24];\n" + get + use).empty());
  CHECK(symbol_uses_in("const void* get(int i);\n" + use).empty());
  CHECK(symbol_uses_in("void* dlsym(void*, const char*);\n"
                       "char f(void* h) { return ((struct T*)dlsym(h, \"t\"))->c; }") ==
        List{"bytes-io@a.c:3"});
}

TEST_CASE("another configuration gives the name another meaning") {
  const auto in_branch = [](const std::string& code) {
    const Model model =
        scan_sources({{"a.cpp", kRecord + "using U = T;\n#ifdef OTHER\n" + code + "\n#endif\n"}});
    return uses_of(model, "T", UseKind::OtherDefinition).size() +
           static_cast<std::size_t>(
               std::count_if(model.uses.begin(), model.uses.end(), [](const Use& use) {
                 return use.kind == UseKind::OtherDefinition && !use.fields.empty();
               }));
  };
  CHECK(in_branch("struct T { int a; };") == 1);
  CHECK(in_branch("struct T : B { int a; };") == 1);
  CHECK(in_branch("typedef struct Other U;") == 1);
  CHECK(in_branch("typedef struct { int a; } U;") == 1);
  CHECK(in_branch("using U = Other;") == 1);
  CHECK(in_branch("struct T;") == 0);
  CHECK(in_branch("struct V { struct T t; };") == 0);
  CHECK(in_branch("T U;") == 0);
}

TEST_CASE("rows without braces may stand behind rows that have some") {
  const auto flat = [](const std::string& code) {
    const Model model = scan_sources({{"a.c", kRecord + code + "\n"}});
    const std::vector<Use> uses = uses_of(model, "T", UseKind::PositionalInit);
    return std::count_if(uses.begin(), uses.end(), [](const Use& use) {
      return use.obstacle == "inner braces are left out" && !use.keeps_meaning;
    });
  };
  CHECK(flat("struct T t[2] = {{1, 2, 3}, 4, 5, 6};") == 1);
  CHECK(flat("struct T t[3] = {{1, 2, 3}, 4, 5, 6, {1, 2, 3}};") == 1);
  CHECK(flat("struct T t[2] = {{1, 2, 3}, 0, 0, 0};") == 0);
  CHECK(flat("struct T x; void f(void) { struct T t[2] = {{1, 2, 3}, x}; }") == 0);
  CHECK(flat("struct T t[2] = {{1, 2, 3}, {4, 5, 6}};") == 0);
}

TEST_CASE("default values of a type that the template does not know") {
  const auto built = [](const std::string& field) {
    return symbol_uses_in("template <class V> struct G { " + field + " };\nG<T> g{};", "a.cpp");
  };
  const List hit{"positional-init@a.cpp:2"};
  CHECK(built("V v{1, 2, 3};") == hit);
  CHECK(built("V v = {1, 2, 3};") == hit);
  CHECK(built("V v = V(1, 2, 3);") == hit);
  CHECK(built("V v[2] = {{1, 2, 3}};") == hit);
  CHECK(built("V v{};").empty());
  CHECK(built("V v = V();").empty());
  CHECK(built("V* v = {nullptr};").empty());
}

TEST_CASE("objects that are template arguments stand in names") {
  const std::string code =
      "template <T V> const char* name() { return __PRETTY_FUNCTION__; }\n"
      "template <T V> struct X {};\n";
  const auto spelled = [&](const std::string& use) {
    const Model model = scan_sources({{"a.cpp", kRecord + code + use + "\n"}});
    return uses_of(model, "T", UseKind::ByteCast).size();
  };
  CHECK(spelled("const char* n = name<T{1, 2, 3}>();") == 1);
  CHECK(spelled("X<T{1, 2, 3}> x;") == 1);
  CHECK(spelled("T t{1, 2, 3};") == 0);
}

TEST_CASE("a defaulted comparison runs the code of its fields") {
  const auto compared = [](const std::string& members, const std::string& beside) {
    const Model model = scan_sources(
        {{"a.cpp",
          "int printf(const char*, ...);\nstruct L { char v; " + members + " };\n" + beside +
              "\nstruct T { L a; double b; L c; bool operator==(const T&) const = default; "
              "};\n"}});
    return uses_of(model, "T", UseKind::DefaultedComparison).size();
  };
  CHECK(compared("bool operator==(const L& o) const { printf(\"x\"); return v == o.v; }", "") == 1);
  CHECK(compared("bool operator==(const L& o) const;", "") == 1);
  CHECK(compared(
            "friend bool operator==(const L& a, const L& b) { return printf(\"x\") > a.v + b.v; }",
            "") == 1);
  CHECK(compared("", "bool operator==(L a, L b) { return printf(\"x\") > a.v + b.v; }") == 1);
  CHECK(compared("bool operator==(const L& o) const { return v == o.v; }", "") == 0);
  CHECK(compared("bool operator==(const L& o) const = default;", "") == 0);
}

TEST_CASE("all symbols of one declaration are told, also those of an alias behind a macro") {
  const auto symbols_in = [](const std::string& code) {
    List names;
    for (const Use& use : scan_sources({{"a.c", kRecord + code + "\n"}}).uses) {
      if (use.kind == UseKind::Symbol) names.push_back(use.detail);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  };
  const std::string one = "struct T one = {1, 2, 3};\n";
  CHECK(symbols_in(one + "extern struct T two __attribute__((alias(\"one\")));") ==
        List{"one", "two"});
  CHECK(symbols_in(one + "extern struct T abc;\nextern struct T abc __attribute__((weak, "
                         "alias(\"one\")));") == List{"abc", "one"});
  CHECK(symbols_in(one + "[[gnu::alias(\"one\")]] extern struct T two;") == List{"one", "two"});
  CHECK(symbols_in("#define ALIAS(x) __attribute__((alias(x)))\n" + one +
                   "extern struct T two ALIAS(\"one\");") == List{"ALIAS", "one", "two"});
  CHECK(symbols_in("int sum(struct T* t) { return t->a; }\n"
                   "int all(struct T* t) __attribute__((alias(\"sum\")));") == List{"all", "sum"});
}

TEST_CASE("what loses its type and what regains one is told, by whatever way it goes") {
  const auto steps_in = [](const std::string& code) {
    List steps;
    const std::string head =
        "typedef unsigned long size_t; void* memcpy(void*, const void*, size_t); void "
        "qsort(void*, size_t, size_t, int (*)(const void*, const void*)); int f(const void*, const "
        "void*); ";
    const Model model = scan_sources({{"a.c", kRecord + head + code + "\n"}});
    for (const Use& use : uses_of(model, "T", UseKind::Untyped)) steps.push_back(use.detail);
    std::sort(steps.begin(), steps.end());
    return steps;
  };
  const List loses{"loses"};
  const List regains{"regains"};
  CHECK(steps_in("void* g(struct T* t) { return t; }") == loses);
  CHECK(steps_in("struct T* g(void* p) { return p; }") == regains);
  CHECK(steps_in("unsigned long g(struct T* t) { return (unsigned long)t; }") == loses);
  CHECK(steps_in("int g(unsigned long u) { return ((struct T*)u)->a; }") == regains);
  CHECK(steps_in("int g(void) { return ((struct T*)0x4000UL)->a; }").empty());
  CHECK(steps_in("void get(void**); int g(void) { struct T* t; get((void**)&t); return t->a; }") ==
        List{"loses", "regains"});
  CHECK(steps_in("void g(struct T* t) { qsort(t, 3, sizeof *t, f); }") == loses);
  CHECK(steps_in("void g(struct T* t, void* p) { memcpy(t, p, sizeof *t); }") == regains);
  CHECK(steps_in("void g(struct T* t, void* p) { memcpy(p, t, sizeof *t); }") == loses);
  CHECK(steps_in("void g(struct T* t, struct T* u) { memcpy(t, u, sizeof *t); }").empty());
}

}  // namespace snug
