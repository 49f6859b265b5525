// What is read of owners in types and bodies.
#include "model/ownership.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "support/scan_text.hpp"
#include "support/use_scan.hpp"

namespace snug::test {
namespace {

const std::string prelude =
    "#include <functional>\n#include <list>\n#include <map>\n#include <memory>\n#include <mutex>\n"
    "#include <string>\n#include <unordered_map>\n#include <utility>\n#include <vector>\n"
    "struct T { int x = 0; int f() const { return x; } void g(); std::shared_ptr<T> next; };\n"
    "using P = std::shared_ptr<T>;\n"
    "void by_ref(const P& p); void by_value(P p); void change(P& p);\n";

Ownership facts_of(const std::string& code, std::vector<std::string> flags = {"-std=c++20"}) {
  const TextUnit unit(prelude + code, std::move(flags));
  const Model model = unit.scan();
  REQUIRE(model.units.at(0).status == UnitStatus::Ok);
  return model.ownership;
}

OwnerUse use_in(const std::string& body) {
  const Ownership facts = facts_of("P keep; std::vector<P> all; int f(P p) { " + body + " }\n");
  const auto found = std::find_if(facts.parameters.begin(), facts.parameters.end(),
                                  [](const OwnerParameter& one) { return one.function == "f"; });
  REQUIRE(found != facts.parameters.end());
  return found->use;
}

}  // namespace

TEST_CASE("uses of a parameter are told apart") {
  CHECK(use_in("return p->x;") == OwnerUse::Read);
  CHECK(use_in("return (*p).x + p.get()->f();") == OwnerUse::Read);
  CHECK(use_in("if (!p || p == nullptr || p == keep) return 1; return 0;") == OwnerUse::Read);
  CHECK(use_in("by_ref(p); return 0;") == OwnerUse::Read);
  CHECK(use_in("(void)p; return 0;") == OwnerUse::Read);
  CHECK(use_in("keep = p; return 0;") == OwnerUse::Stored);
  CHECK(use_in("all.push_back(p); return 0;") == OwnerUse::Stored);
  CHECK(use_in("all.emplace_back(p); return 0;") == OwnerUse::Stored);
  CHECK(use_in("P q = p; return q->x;") == OwnerUse::Stored);
  CHECK(use_in("const P& q = p; return q->x;") == OwnerUse::Stored);
  CHECK(use_in("return p.use_count() == 1 ? 1 : 0;") == OwnerUse::Stored);
  CHECK(use_in("P* q = &p; return (*q)->x;") == OwnerUse::Stored);
  CHECK(use_in("change(p); return 0;") == OwnerUse::Stored);
  CHECK(use_in("by_value(std::move(p)); return 0;") == OwnerUse::Moved);
  CHECK(use_in("auto l = [p] { return p->x; }; return l();") == OwnerUse::Captured);
  CHECK(use_in("auto l = [&] { return p->x; }; return l();") == OwnerUse::Captured);
  CHECK(use_in("p.reset(); return 0;") == OwnerUse::Assigned);
  CHECK(use_in("p = keep; return p->x;") == OwnerUse::Assigned);
  CHECK(use_in("std::swap(p, keep); return p->x;") == OwnerUse::Assigned);
  CHECK(use_in("while (p) p = p->next; return 0;") == OwnerUse::Assigned);
}

TEST_CASE("what is handed on by value is no use of its own, but a fact about the function called") {
  CHECK(use_in("by_value(p); return 0;") == OwnerUse::Read);
  const Ownership facts = facts_of("int f(P p) { by_value(p); return 0; }\n");
  REQUIRE(facts.arguments.size() == 1);
  CHECK(facts.arguments[0].caller == "f");
  CHECK(facts.arguments[0].copied);
}

TEST_CASE("a parameter that is returned") {
  const Ownership facts = facts_of("P f(P p) { return p; }\n");
  REQUIRE(facts.parameters.size() == 1);
  CHECK(facts.parameters[0].use == OwnerUse::Returned);
}

TEST_CASE("facts about the function around a parameter") {
  const Ownership facts = facts_of(
      "struct B { virtual int v(P p) { return p->x; } int m(P p) { p->g(); return 0; } };\n"
      "auto l = [](P p) { return p->x; };\n"
      "int quiet(P p) { return p->f(); }\n");
  const auto named = [&](const std::string& function) {
    const auto found = std::find_if(
        facts.parameters.begin(), facts.parameters.end(),
        [&](const OwnerParameter& one) { return one.function == function && !one.lambda; });
    REQUIRE(found != facts.parameters.end());
    return *found;
  };
  CHECK(named("B::v").virtual_function);
  CHECK_FALSE(named("B::m").virtual_function);
  CHECK(named("B::m").calls_out);
  CHECK_FALSE(named("quiet").calls_out);
  CHECK(std::count_if(facts.parameters.begin(), facts.parameters.end(),
                      [](const OwnerParameter& one) { return one.lambda; }) == 1);
}

TEST_CASE("a body that takes owners away from others is told") {
  const Ownership facts = facts_of(
      "#include <map>\n#include <vector>\n"
      "struct Other {};\n"
      "struct Set { std::map<int, P> all; std::map<int, int> sizes; P first;\n"
      "  std::shared_ptr<Other> other;\n"
      "  void others(P p) { p->f(); other.reset(); }\n"
      "  void drops(P p) { p->f(); all.erase(1); }\n"
      "  void resets(P p) { p->f(); first.reset(); }\n"
      "  void replaces(P p) { p->f(); first = nullptr; }\n"
      "  std::vector<P> row; std::vector<int> numbers;\n"
      "  void grows(P p) { row.push_back(nullptr); p->f(); }\n"
      "  void reserves(P p) { row.reserve(100); p->f(); }\n"
      "  void numbered(P p) { numbers.push_back(1); p->f(); }\n"
      "  void counts(P p) { p->f(); sizes.erase(1); }\n"
      "  void local(P p) { p->f(); std::vector<P> own; own.clear(); } };\n");
  const auto drops = [&](const std::string& function) {
    const auto found =
        std::find_if(facts.parameters.begin(), facts.parameters.end(),
                     [&](const OwnerParameter& one) { return one.function == function; });
    REQUIRE(found != facts.parameters.end());
    CHECK(found->use == OwnerUse::Read);
    return found->drops_owners;
  };
  CHECK(drops("Set::drops"));
  CHECK(drops("Set::resets"));
  CHECK(drops("Set::replaces"));
  CHECK(drops("Set::grows"));
  CHECK(drops("Set::reserves"));
  CHECK_FALSE(drops("Set::numbered"));
  CHECK_FALSE(drops("Set::others"));
  CHECK_FALSE(drops("Set::counts"));
  CHECK_FALSE(drops("Set::local"));
}

TEST_CASE("coroutines are told") {
  const Ownership facts = facts_of(
      "#include <coroutine>\n"
      "struct Task { struct promise_type { Task get_return_object() { return {}; }\n"
      "  std::suspend_never initial_suspend() noexcept { return {}; }\n"
      "  std::suspend_never final_suspend() noexcept { return {}; }\n"
      "  void return_void() {} void unhandled_exception() {} }; };\n"
      "Task f(P p) { p->g(); co_return; }\n");
  const auto f = std::find_if(facts.parameters.begin(), facts.parameters.end(),
                              [](const OwnerParameter& one) { return one.function == "f"; });
  REQUIRE(f != facts.parameters.end());
  // The copy into the frame is a copy, or the function is known to be a coroutine.
  CHECK((f->coroutine || f->use != OwnerUse::Read));
}

TEST_CASE("instantiations are one function, and the strongest use counts") {
  const Ownership facts = facts_of(
      "template <class K> void sink(K&& k, P p) { k.take(p); }\n"
      "struct Reads { void take(const P& p) { p->g(); } };\n"
      "struct Keeps { P kept; void take(P p) { kept = p; } };\n"
      "void use(P p) { Reads r; Keeps k; sink(r, p); sink(k, p); }\n");
  std::vector<OwnerParameter> of_sink;
  std::copy_if(facts.parameters.begin(), facts.parameters.end(), std::back_inserter(of_sink),
               [](const OwnerParameter& one) { return one.function == "sink"; });
  REQUIRE(of_sink.size() == 1);
  CHECK(of_sink[0].use == OwnerUse::Stored);
}

TEST_CASE("every declaration of a parameter is known, with the place for the edit") {
  const TextUnit unit("#include \"h.h\"\nint f(const std::shared_ptr<int> p) { return *p; }\n");
  unit.header("h.h", "#include <memory>\nint f(std::shared_ptr<int> q);\n");
  const Ownership facts = unit.scan().ownership;
  REQUIRE(facts.declarations.size() == 2);
  CHECK(facts.declarations[0].function_id == facts.declarations[1].function_id);
  const auto& header = facts.declarations[0].place;
  CHECK(header.where.file == unit.path("h.h"));
  CHECK(header.editable);
  CHECK(header.type_begin == 24);
  CHECK(header.type_end == 44);
  CHECK_FALSE(header.is_const);
  CHECK(facts.declarations[1].place.is_const);
}

TEST_CASE("arguments are copied or given away, in loops or not") {
  const Ownership facts = facts_of(
      "void use(P p, std::vector<P>& v) {\n"
      "  by_value(p);\n"
      "  by_value(std::make_shared<T>());\n"
      "  for (auto& q : v) by_value(q);\n"
      "  by_value(std::move(p));\n"
      "}\n");
  REQUIRE(facts.arguments.size() == 4);
  CHECK(facts.arguments[0].copied);
  CHECK_FALSE(facts.arguments[0].in_loop);
  CHECK_FALSE(facts.arguments[1].copied);
  CHECK(facts.arguments[2].copied);
  CHECK(facts.arguments[2].in_loop);
  CHECK_FALSE(facts.arguments[3].copied);
  CHECK(facts.arguments[0].caller == "use");
}

TEST_CASE("functions that are named without a call") {
  CHECK(facts_of("void use(P p) { by_value(p); }\n").named_functions.empty());
  CHECK(facts_of("auto* f = &by_value;\n").named_functions.size() == 1);
  CHECK(facts_of("struct S { void m(P p); }; auto m = &S::m;\n").named_functions.size() == 1);
  CHECK(facts_of("auto b = std::bind(by_value, P());\n").named_functions.size() == 1);
}

TEST_CASE("copies in loops") {
  const auto copies = [](const std::string& body) {
    return facts_of(
               "std::vector<P> v; std::map<int, P> m; P one; std::mutex lock;\n"
               "void f() { " +
               body + " }\n")
        .copies;
  };
  REQUIRE(copies("for (auto p : v) p->g();").size() == 1);
  CHECK(copies("for (auto p : v) p->g();")[0].kind == OwnerCopyKind::Element);
  CHECK(copies("for (auto p : v) p->g();")[0].source == "v");
  CHECK(copies("for (auto [k, p] : m) p->g();").at(0).in_pair);
  CHECK(copies("for (int i = 0; i < 3; ++i) { auto p = v[0]; p->f(); }").at(0).source == "v[0]");
  CHECK(copies("for (auto& p : v) p->g();").empty());
  CHECK(copies("auto p = one; for (int i = 0; i < 3; ++i) p->g();").empty());
  CHECK(copies("for (auto p = one; p;) p->g();").empty());
  CHECK(copies("for (;;) { auto p = std::make_shared<T>(); p->g(); }").empty());
  CHECK(copies("for (auto p = one; p; p = p->next) p->g();").at(0).kind == OwnerCopyKind::Walk);
  CHECK(copies("while (!v.empty()) { auto p = v.back(); v.pop_back(); p->g(); }")
            .at(0)
            .source_changes);
  CHECK(copies("for (;;) { std::lock_guard<std::mutex> l(lock); auto p = one; p->f(); }")
            .at(0)
            .source_changes);
  CHECK(copies("for (;;) { auto p = one; p->g(); }").at(0).calls_out);
  CHECK_FALSE(copies("for (;;) { auto p = one; p->f(); }").at(0).calls_out);
  CHECK_FALSE(copies("std::vector<P> w; for (;;) { auto p = w[0]; p->g(); }").at(0).calls_out);
  CHECK(copies("for (auto i = v.begin(); i != v.end(); ++i) { auto p = *i; p->g(); }")
            .at(0)
            .calls_out);
  CHECK(copies("for (;;) { std::shared_ptr<const T> p = one; p->f(); }").at(0).converts);
}

TEST_CASE("new-expressions in owners") {
  const auto news = [](const std::string& code) { return facts_of(code).news; };
  const auto construct = news("P a = P(new T);\nauto b = std::shared_ptr<T>(new T());\n");
  REQUIRE(construct.size() == 2);
  CHECK(construct[0].made == "T");
  CHECK(construct[0].size == 24);
  CHECK(construct[1].form == OwnerNewForm::Construct);
  CHECK(construct[1].same_type);
  CHECK(news("P a(new T);").at(0).form == OwnerNewForm::Variable);
  CHECK(news("P a{new T{}};").at(0).braces);
  CHECK(news("void f(P& p) { p.reset(new T); }").at(0).form == OwnerNewForm::Reset);
  CHECK(news("struct S { P p; S() : p(new T) {} };").size() == 1);
  CHECK(news("P a(new T, [](T* t) { delete t; });").empty());
  CHECK(news("std::unique_ptr<T> a(new T);").empty());
  CHECK(news("struct Q { void* operator new(std::size_t); void operator delete(void*); };\n"
             "std::shared_ptr<Q> a(new Q);")
            .at(0)
            .class_new);
  const std::string constant = "struct N { N(int); };\nstruct K { static const int n = 3; ";
  CHECK(news(constant + "};\nstd::shared_ptr<N> a(new N(K::n));").at(0).not_forwardable);
  CHECK_FALSE(news(constant + "};\nconst int K::n;\nstd::shared_ptr<N> a(new N(K::n));")
                  .at(0)
                  .not_forwardable);
  CHECK_FALSE(news("struct N { N(int); };\nstruct K { static constexpr int n = 3; };\n"
                   "std::shared_ptr<N> a(new N(K::n));")
                  .at(0)
                  .not_forwardable);
  CHECK(news("class H { H(); public: static std::shared_ptr<H> m() {\n"
             "  return std::shared_ptr<H>(new H); } };")
            .at(0)
            .not_forwardable);
  CHECK(news("std::shared_ptr<std::vector<int>> a(new std::vector<int>{1, 2});")
            .at(0)
            .initializer_list);
  CHECK(news("struct A { int a, b; }; std::shared_ptr<A> a(new A{1, 2});").at(0).aggregate);
  CHECK(news("#define MAKE P(new T)\nP a = MAKE;").at(0).from_macro);
}

TEST_CASE("objects that are copied out of owners") {
  const auto unwraps = [](const std::string& code) {
    return facts_of("using V = std::vector<int>; std::shared_ptr<V> load();\n" + code).unwraps;
  };
  CHECK(unwraps("V f(std::shared_ptr<V> p) { return *p; }").at(0).source ==
        UnwrapSource::Parameter);
  CHECK(unwraps("V f() { auto p = std::make_shared<V>(); return *p; }").at(0).source ==
        UnwrapSource::Made);
  CHECK(unwraps("V f() { auto p = load(); return *p; }").at(0).source == UnwrapSource::Local);
  CHECK(unwraps("V f(const std::shared_ptr<V>& p) { return *p; }").empty());
  CHECK(unwraps("V f(std::shared_ptr<V>& q) { auto p = q; return *p; }").empty());
  CHECK(
      unwraps("int f() { auto p = load(); V v = *p; p->clear(); return v[0]; }").at(0).used_after);
  CHECK_FALSE(unwraps("int f() { auto p = load(); V v = *p; return v[0]; }").at(0).used_after);
  CHECK(unwraps("std::shared_ptr<V> k; V f(std::shared_ptr<V> p) { k = p; return *p; }")
            .at(0)
            .shared);
}

TEST_CASE("owning fields, through containers and wrappers") {
  const Ownership facts = facts_of(
      "struct S { P a; std::vector<P> b; std::map<int, std::vector<P>> c; std::weak_ptr<T> d;\n"
      "  std::unique_ptr<T> e[2]; T* f; T g; };\nS s;\n");
  std::vector<std::string> found;
  for (const OwningField& field : facts.fields) {
    if (field.record == "S") found.push_back(field.field + ":" + field.container);
  }
  CHECK(found == std::vector<std::string>{"a:", "b:std::vector", "c:std::map", "d:", "e:array"});
}

TEST_CASE("stores into owning fields") {
  const Ownership facts = facts_of(
      "struct N : std::enable_shared_from_this<N> { std::shared_ptr<N> up;\n"
      "  std::vector<std::shared_ptr<N>> down;\n"
      "  void add(std::shared_ptr<N> n) { n->up = shared_from_this(); down.push_back(n); }\n"
      "  void drop() { up.reset(); down.clear(); up = nullptr; } };\n"
      "void link(std::shared_ptr<N> a, std::shared_ptr<N> b) { a->up = b; b->down[0] = a; }\n");
  std::vector<std::string> found;
  for (const OwnerStore& store : facts.stores) {
    found.push_back(store.object + "." + store.field + "=" + store.value);
  }
  CHECK(found == std::vector<std::string>{"n.up=this", "this.down=n", "this.up=", "this.down=",
                                          "this.up=", "a.up=b", "b.down=a"});
}

TEST_CASE("lists with maps of their iterators, and what is called on them") {
  const Ownership facts = facts_of(
      "struct E { std::list<int>::iterator at; };\n"
      "struct C { std::list<int> l; std::map<int, std::list<int>::iterator> a;\n"
      "  std::unordered_map<int, E> b;\n"
      "  void f() { l.splice(l.begin(), l, a[1]); l.pop_back(); } };\nC c;\n");
  std::size_t maps = 0;
  std::string list;
  for (const HeldContainer& held : facts.containers) {
    if (held.name == "l") list = held.type;
  }
  for (const HeldContainer& held : facts.containers) maps += held.iterator_of == list ? 1 : 0;
  CHECK(maps == 2);
  std::vector<std::string> methods;
  for (const ContainerCall& call : facts.calls) {
    if (call.field == "l") methods.push_back(call.method);
  }
  CHECK(methods == std::vector<std::string>{"splice", "pop_back"});
}

TEST_CASE("keys that a record counts up") {
  const auto counter = [](const std::string& body) {
    const Ownership facts = facts_of(
        "#include <atomic>\nstruct J { int w; };\n"
        "struct S { std::unordered_map<int, J> m; int next = 0; int size = 0;\n"
        "  std::atomic<int> ids{0};\n  void f(int key) { " +
        body + " (void)key; } };\nS s;\n");
    REQUIRE(facts.calls.size() == 1);
    return facts.calls[0].counter;
  };
  CHECK(counter("m.emplace(next++, J{});") == "next");
  CHECK(counter("m.insert({++next, J{}});") == "next");
  CHECK(counter("m.insert(std::make_pair(next++, J{}));") == "next");
  CHECK(counter("auto id = next++; m[id] = J{};") == "next");
  CHECK(counter("const int id = next; ++next; m[id] = J{};") == "next");
  CHECK(counter("m.emplace(ids.fetch_add(1), J{});") == "ids");
  CHECK(counter("m.emplace(ids++, J{});") == "ids");
  CHECK(counter("m.emplace(key, J{});").empty());
  CHECK(counter("++next; m.emplace(key, J{});").empty());
  CHECK(counter("m.emplace(size, J{});").empty());
}

TEST_CASE("strings that are compared, copied and changed") {
  const Ownership facts = facts_of(
      "struct R { std::string a, b; R() = default; explicit R(int) { a = \"x\"; } };\n"
      "bool f(R& r, const R& q) { R n; n.a = \"y\"; std::string c = q.b;\n"
      "  r.b.clear(); return r.a == q.a && c.empty() && r.a.size() > 1; }\n");
  std::vector<std::pair<std::string, StringTouchKind>> found;
  for (const StringTouch& touch : facts.touches) found.emplace_back(touch.field, touch.kind);
  CHECK(found ==
        std::vector<std::pair<std::string, StringTouchKind>>{{"b", StringTouchKind::Copied},
                                                             {"b", StringTouchKind::Changed},
                                                             {"a", StringTouchKind::Compared},
                                                             {"a", StringTouchKind::Compared}});
}

TEST_CASE("without bodies only types speak") {
  TextUnit unit(prelude + "struct S { P p; }; int f(P p) { return p->x; } S s;\n");
  unit.options.layout_only = true;
  const Ownership facts = unit.scan().ownership;
  CHECK(facts.parameters.empty());
  CHECK(facts.fields.size() == 2);
}

}  // namespace snug::test
