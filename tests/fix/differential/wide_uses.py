"""Uses that seldom occur and notice the order all the same: addresses without a type, sizes that choose a
branch, questions that templates ask, texts in other files and in code that is not compiled."""
import platform

from hazards_uses import neighbours, trivial
from uses import Piece, bindable, fill, fill_class, show, use


def plain_fields(m):
    """True if the values of all fields can be given by position without braces."""
    return not m.r.base and not any(f.is_nested or f.is_array or f.bits or f.is_class for f in m.r.fields)


# Addresses that lose their type.

@use(1, of="any", area="memory")
def byte_behind_void(m):
    if not trivial(m) or m.r.is_class:
        return None
    top = m.pick(f"static int byte{m.id}(const void* p, int at) {{ return ((const unsigned char*)p)[at]; }}",
                 f"static int byte{m.id}(const void* p, int at) {{ const char* c = (const char*)p; return c[at]; }}",
                 f"static int deep{m.id}(const void* p, int at) {{ return *((const char*)p + at); }}\n"
                 f"static int byte{m.id}(const void* p, int at) {{ return deep{m.id}(p, at); }}")
    return Piece(fill(m, "static {T} x = {k}; ".replace("{k}", m.braces(0, ("3",)))) +
                 f"printf(\"%d\\n\", byte{m.id}(&x, 0));", top)


@use(1, of="any", area="memory")
def compared_bytes(m):
    if not trivial(m) or m.r.is_class:
        return None
    top = f"static int cmp{m.id}(const void* a, const void* b) {{ return memcmp(a, b, sizeof({m.name})); }}"
    form = "static {T} t[2] = {{k}, {l}}; qsort(t, 2, sizeof t[0], cmp{#}); {s}"
    form = form.replace("{k}", m.braces(0, ("3",))).replace("{l}", m.braces(0, ("3",)))
    return Piece(fill(m, form).replace("{s}", show(m, "t[0]")), top, headers=["<stdlib.h>", "<string.h>"])


@use(1, of="any", area="memory")
def pointer_in_variable(m):
    pair = neighbours(m) or neighbours(m, "int {n}") or neighbours(m, "double {n}")
    if not pair or m.r.is_class or not trivial(m):
        return None
    a, b = pair
    kind = a.spelling.split()[0]
    form = m.pick("{k}* q = &x.{f} + 1; printf(\"%d\\n\", (int)*q);", "{k}* q; q = &x.{f}; ++q; printf(\"%d\\n\", (int)*q);",
                  "const {k}* q = &x.{g}; printf(\"%d\\n\", (int)q[-1]);", "{k}* q = &x.{f}; {k}* r = q + 1; printf(\"%d\\n\", (int)*r);",
                  "{k} *b = &x.{f}, *e = &x.{g} + 1; int n2 = 0; while (b != e) n2 += (int)*b++; printf(\"%d\\n\", n2);",
                  "int n2 = (int)(&x.{g} - &x.{f}); printf(\"%d\\n\", n2);")
    return Piece(fill(m, "{T} x = {b}; ") + form.replace("{k}", kind).replace("{f}", a.name).replace("{g}", b.name))


@use(1, area="memory")
def range_in_cxx(m):
    pair = neighbours(m) or neighbours(m, "int {n}") or neighbours(m, "double {n}")
    if not pair or not trivial(m):
        return None
    a, b = pair
    kind = a.spelling.split()[0]
    form = m.pick("for (auto v : std::span(&x.{f}, 2)) printf(\"%d \", (int)v);", "printf(\"%d\", (int)std::accumulate(&x.{f}, &x.{g} + 1, {k}(0)));",
                  "{k} o[2]; std::copy_n(&x.{f}, 2, o); printf(\"%d %d\", (int)o[0], (int)o[1]);",
                  "auto& v = reinterpret_cast<{k}(&)[2]>(x.{f}); printf(\"%d\", (int)v[1]);",
                  "auto f = [&](int i) { return (&x.{f})[i]; }; printf(\"%d %d\", (int)f(0), (int)f(1));",
                  "auto p = std::addressof(x.{f}); printf(\"%d\", (int)p[1]);")
    return Piece(fill(m, "{T} x = {b}; ") + form.replace("{k}", kind).replace("{f}", a.name).replace("{g}", b.name) + ' printf("\\n");',
                 headers=["<span>", "<numeric>", "<algorithm>", "<memory>"])


@use(1, of="any", area="memory")
def first_field_walked(m):
    first, second = m.r.fields[:2]
    if not trivial(m) or m.r.is_class or first.bits or second.bits or not first.is_scalar or "*" in first.spelling:
        return None
    kind = first.spelling.replace(" {n}", "")
    index = max(first.bytes, second.bytes) // first.bytes
    return Piece(fill(m, "static {T} x = {k}; ".replace("{k}", m.braces(0, ("3",)))) +
                 f"{kind}* p = ({kind}*)&x; printf(\"%d\\n\", p[0] == p[{index}]);")


# Sizes.

@use(1, of="any", area="memory")
def size_chooses(m):
    form = m.pick('switch (sizeof({T})) {{ case 24: printf("24\\n"); break; case 16: printf("16\\n"); break; default: printf("other\\n"); }}',
                  'static char room[96]; printf("%d\\n", (int)(sizeof room / sizeof({T})));', 'printf("%d\\n", sizeof({T}) > 24 ? 1 : 2);',
                  'if (sizeof({T}) <= 16) printf("small\\n"); else printf("large\\n");')
    return Piece(fill_class(m, form.replace("{{", "{").replace("}}", "}")))


@use(1, area="memory")
def size_asked_by_template(m):
    top = m.pick("template <class V> static const char* size{#}() { if constexpr (sizeof(V) <= 24) return \"small\"; else return \"large\"; }",
                 "template <class V> concept Small{#} = sizeof(V) <= 24;\ntemplate <Small{#} V> static const char* size{#}() { return \"small\"; }\n"
                 "template <class V> static const char* size{#}() { return \"large\"; }",
                 "template <class V> static const char* size{#}() { if constexpr (std::has_unique_object_representations_v<V>) return \"dense\"; else return \"sparse\"; }",
                 "template <unsigned long N> struct Size{#} { static constexpr const char* name = \"other\"; };\n"
                 "template <> struct Size{#}<24> { static constexpr const char* name = \"24\"; };\n"
                 "template <class V> static const char* size{#}() { return Size{#}<sizeof(V)>::name; }")
    return Piece(fill_class(m, "printf(\"%s\\n\", size{#}<{T}>());"), fill_class(m, top), headers=["<type_traits>"])


# A size that is seen on its way through a variable, a function, a constant or a holder.

@use(1, of="any", area="memory")
def size_seen_later(m):
    top, body = m.pick(
        ("", 'unsigned long bytes = sizeof({T}); printf("%d\\n", bytes > 24 ? 1 : 2);'),
        ("", 'unsigned long bytes = 0; bytes = 3 * sizeof({T}); if (bytes <= 48) printf("few\\n"); else printf("many\\n");'),
        ("static int fits{#}(unsigned long n) { return n <= 16; }", 'printf("%d\\n", fits{#}(sizeof({T})));'),
        ("static void tell{#}(unsigned long n) { printf(\"%lu\\n\", n); }", "tell{#}(sizeof({T}));"),
        ("static unsigned long size{#}(void) { return sizeof({T}); }", 'printf("%lu\\n", size{#}());'),
        ("static const unsigned long kBytes{#} = sizeof({T});", 'printf("%d\\n", kBytes{#} < 20);'),
        ("enum {{ kSize{#} = sizeof({T}) }};", 'printf("%d\\n", (int)kSize{#});'),
        ("#define BYTES_OF{#}(x) sizeof(x)", 'printf("%lu\\n", (unsigned long)BYTES_OF{#}({T}));'),
        ("", 'printf("%lu\\n", (unsigned long)sizeof({T}));'))
    return Piece(fill_class(m, body.replace("{{", "{").replace("}}", "}")),
                 fill_class(m, top.replace("{{", "{").replace("}}", "}")))


@use(1, area="memory")
def size_of_holder(m):
    form = m.pick("struct Hold{#} {{ {T} one; char c; }};", "struct Hold{#} {{ char c; {T} rows[2]; }};",
                  "struct Hold{#} : {T} {{ char c; }};", "using Hold{#} = std::array<{T}, 2>;",
                  "using Hold{#} = std::pair<{T}, char>;")
    return Piece(fill_class(m, 'printf("%d\\n", sizeof(Hold{#}) <= 40 ? 1 : 2);'),
                 fill_class(m, form.replace("{{", "{").replace("}}", "}")), headers=["<array>", "<utility>"])


@use(1, area="memory")
def size_picks_code(m):
    top, body = m.pick(
        ("template <class V> requires (sizeof(V) <= 16) static int pick{#}(const V&) {{ return 1; }}\n"
         "template <class V> static int pick{#}(const V&) {{ return 2; }}", "pick{#}(*({T}*)room)"),
        ("template <class V, std::enable_if_t<(sizeof(V) <= 16), int> = 0> static int pick{#}() {{ return 1; }}\n"
         "template <class V, std::enable_if_t<(sizeof(V) > 16), int> = 0> static int pick{#}() {{ return 2; }}", "pick{#}<{T}>()"),
        ("template <class V> using By{#} = std::conditional_t<(sizeof(V) <= 16), V, const V&>;\n"
         "template <class V> static int pick{#}() {{ return std::is_reference_v<By{#}<V>>; }}", "pick{#}<{T}>()"),
        ("template <class V> constexpr unsigned long size{#} = sizeof(V);", "(int)size{#}<{T}>"),
        ("template <class... V> constexpr unsigned long total{#} = (sizeof(V) + ... + 0);", "(int)total{#}<{T}, int>"),
        ("template <class V> struct Facts{#} {{ static constexpr bool small = sizeof(V) <= 24; }};", "(int)Facts{#}<{T}>::small"),
        ("template <class V> struct Page{#} {{ static constexpr int rows = 256 / sizeof(V); }};", "Page{#}<{T}>::rows"),
        ("template <class V> struct Inner{#} {{ enum {{ bytes = sizeof(V) }}; }};\n"
         "template <class V> struct Outer{#} {{ static int get() {{ return Inner{#}<V>::bytes; }} }};", "Outer{#}<{T}>::get()"),
        ("template <class F> struct Room{#} {{ alignas(8) char buf[16]; template <class G> static bool inside() {{ return sizeof(G) <= sizeof(buf); }} }};",
         "(int)Room{#}<int>::inside<{T}>()"))
    return Piece("alignas(64) static char room[512]; (void)room; " + fill_class(m, 'printf("%d\\n", ' + body + ");"),
                 fill_class(m, top.replace("{{", "{").replace("}}", "}")), headers=["<type_traits>"])


# Questions whose answer depends on the order.

@use(1)
def constructible(m):
    if not plain_fields(m):
        return None
    types = ", ".join(f.spelling.replace(" {n}", "") for f in m.r.fields)
    makes = ", ".join(f"std::declval<{f.spelling.replace(' {n}', '')}>()" for f in m.r.fields)
    form = m.pick("std::is_constructible_v<{T}, {types}>", "requires { {T}{{makes}}; }", "asks{#}<{T}>()")
    top = "template <class V> static constexpr bool asks{#}() { return requires { V{{makes}}; }; }" if "asks" in form else ""
    fill_types = [(t, v) for t, v in (("{types}", types), ("{makes}", makes))]
    for old, new in fill_types:
        form, top = form.replace(old, new), top.replace(old, new)
    return Piece(fill_class(m, "printf(\"%d\\n\", " + form + ");"), fill_class(m, top), headers=["<type_traits>", "<utility>"])


@use(2)
def opened_by_template(m):
    if not bindable(m) or any(f.bits for f in m.r.fields):
        return None
    names = ", ".join(m.names())
    top = m.pick(f"template <class V, class F> static void each{m.id}(V&& x, F f) {{ auto& [{names}] = x; {' '.join(f'f({n});' for n in m.names())} }}",
                 f"template <class V, class F> static void each{m.id}(const V& x, F f) {{ auto t = [&] {{ const auto& [{names}] = x; return std::tie({names}); }}(); std::apply([&](auto&... v) {{ (f(v), ...); }}, t); }}")
    return Piece(fill(m, "{T} x{b}; ") + f"each{m.id}(x, [](const auto& v) {{ printf(\"%d \", (int)sizeof v); }}); printf(\"\\n\");", top, headers=["<tuple>"])


@use(2)
def from_tuple(m):
    if not plain_fields(m):
        return None
    types = ", ".join(f.spelling.replace(" {n}", "") for f in m.r.fields)
    values = ", ".join(m.full(0))
    form, header = m.pick(("auto x = std::make_from_tuple<{T}>(std::tuple<{types}>({values})); x.show();", "<tuple>"),
                          ("std::variant<int, {T}> v(std::in_place_index<1>, {values}); std::get<1>(v).show();", "<variant>"),
                          ("std::variant<int, {T}> v; v.emplace<{T}>({values}); std::get<1>(v).show();", "<variant>"),
                          ("alignas({T}) unsigned char r[sizeof({T})]; auto x = std::construct_at(reinterpret_cast<{T}*>(r), {values}); x->show();", "<memory>"),
                          ("std::map<int, {T}> t; t.try_emplace(1, {values}); t.at(1).show();", "<map>"),
                          ("std::any a; a.emplace<{T}>({T}({values})); std::any_cast<{T}&>(a).show();", "<any>"))
    return Piece(fill_class(m, form.replace("{types}", types).replace("{values}", values)), headers=[header, "<utility>"])


# Texts in other files, and in code that this configuration does not compile.

@use(1, of="c", area="text")
def rows_in_a_file(m):
    if m.r.language != "c":
        return None
    name = f"rows{m.id}.inc"
    rows = "".join("{" + ", ".join(m.r.values(0, ("3",))) + "},\n" for _ in range(2))
    top = f"static {m.name} rows{m.id}[] = {{\n#include \"{name}\"\n}};"
    return Piece(show(m, f"rows{m.id}[1]"), top, files={name: rows})


@use(1, of="c", area="construction")
def values_behind_designator(m):
    if m.r.language != "c" or any(f.is_nested or f.is_array for f in m.r.fields):
        return None
    at = m.rng.randrange(len(m.r.fields) - 1)
    values = ", ".join(m.r.values(0)[at + 1:])
    first = m.r.values(0)[at]
    form = m.pick(f"struct In{m.id} {{ int k; {m.name} x; }} y = {{.x.{m.r.fields[at].name} = {first}, {values}}}; {show(m, 'y.x')}",
                  f"{m.name} t[2] = {{[1].{m.r.fields[at].name} = {first}, {values}}}; {show(m, 't[1]')}",
                  f"{m.name} x = {{.{m.r.fields[at].name} = {first}, {values}}}; {show(m, 'x')}")
    return Piece(form)


@use(2, area="text")
def inactive_forms(m):
    if not bindable(m):
        return None
    values = ", ".join(m.full(0, ()))
    top = ""
    form = m.pick("auto {q} = {T}{b}; {s}", "{T} y{b}; const auto& {q} = y; {s}", "{T} t[] = {{b}, {b}}; for (auto& {q} : t) { {s} }",
                  "{T} y = ROW{#}; y.show();", "{T} t[] = {ROW{#}, ROW{#}}; t[1].show();", "WHOLE{#}(y); y.show();")
    if "ROW" in form:
        top = f"#define ROW{m.id} {{{values}}}"
    if "WHOLE" in form:
        top = f"#define WHOLE{m.id}(v) {m.name} v = {{{values}}}"
    text = fill(m, form.replace("{b}", "{" + values + "}")).replace("{q}", m.binding()).replace("{s}", m.print_names())
    return Piece(f"\n#ifdef OTHER\n  {text}\n#else\n  printf(\"none\\n\");\n#endif\n ", top)


@use(1, area="text")
def name_of_another_type(m):
    if m.r.base or m.r.is_class or not plain_fields(m):
        return None
    fields = " ".join(f.decl() for f in m.r.fields)
    shown = " ".join(f.show("x") for f in m.r.fields) + ' printf("\\n");'
    top = m.pick(f"#ifdef OTHER\nstruct Alt{m.id} {{ {fields} }};\nusing Al{m.id} = Alt{m.id};\n#else\nusing Al{m.id} = {m.name};\n#endif",
                 f"#ifdef OTHER\ntypedef struct {{ {fields} }} Al{m.id};\n#else\ntypedef {m.name} Al{m.id};\n#endif")
    values = ", ".join(m.full(0))
    form = m.pick("{A} x = {{v}}; {s}", "{A} x{{v}}; {s}", "const {A} t[] = {{{v}}, {{v}}}; const auto& x = t[1]; {s}")
    return Piece(form.replace("{A}", f"Al{m.id}").replace("{v}", values).replace("{s}", shown), top)


@use(1, of="c", area="construction")
def flat_rows_behind(m):
    if any(f.is_nested or f.is_array or f.is_class or f.bits for f in m.r.fields) or m.r.base or m.r.is_class:
        return None
    one, two = ", ".join(m.full(0)), ", ".join(m.full(0))
    return Piece(f"{m.name} t[3] = {{{{{one}}}, {two}, {{{one}}}}}; " + show(m, "t[1]") + " " + show(m, "t[2]"))


@use(2)
def default_in_template(m):
    if not plain_fields(m) or m.r.is_class:
        return None
    values = ", ".join(m.r.values(0, ()))
    top = m.pick(f"template <class V> struct In{m.id} {{ V x{{{values}}}; }};",
                 f"template <class V> struct In{m.id} {{ char k; V x = {{{values}}}; }};",
                 f"template <class V> struct In{m.id} {{ V t[2] = {{{{{values}}}, {{{values}}}}}; V& x = t[1]; }};",
                 f"template <class V> struct In{m.id} {{ V x; In{m.id}() : x{{{values}}} {{}} }};",
                 f"template <class V> struct In{m.id} {{ static inline V x{{{values}}}; }};",
                 f"template <class V> struct In{m.id} {{ V x = get(); static V get(V v = {{{values}}}) {{ return v; }} }};")
    return Piece(fill_class(m, "In{#}<{T}> y; y.x.show();"), top)


# What is known outside of the language.

@use(1, of="any", area="memory")
def handed_out_bytes(m):
    if not trivial(m) or m.r.is_class or any("*" in f.spelling or "enum" in f.spelling for f in m.r.fields):
        return None
    bytes_ = ", ".join(str(i % 60) for i in range(200))
    top = (f"_Alignas(16) static const unsigned char blob{m.id}[200] = {{{bytes_}}};\n".replace("_Alignas", "alignas" if m.cxx else "_Alignas") +
           f"static const void* get{m.id}(int i) {{ return blob{m.id} + i; }}")
    if m.r.language == "both":
        return None
    return Piece(f"{m.name} x = *(const {m.name}*)get{m.id}(0); " + show(m, "x"), top)


@use(1, of="c", area="memory")
def read_by_assembly(m):
    if platform.machine() != "x86_64" or not trivial(m) or m.r.is_class or m.r.language == "both" or any("*" in f.spelling for f in m.r.fields):
        return None
    name = f"byte_of{m.id}"
    c = 'extern "C" ' if m.cxx else ""
    top = (f'{c}int {name}(const {m.name}*);\n__asm__(".text\\n.globl {name}\\n{name}: movsbl {m.pick(0, 1, 4, 8)}(%rdi), %eax\\nret\\n");')
    return Piece(f"static {m.name} x = {m.braces(0, ('3',))}; printf(\"%d\\n\", {name}(&x));", top)
