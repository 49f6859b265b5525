"""Every way in which generated programs use a record: each can notice the order of its fields."""

USES = []  # (function, weight, kind of record, area)


def use(weight, of="aggregate", area="construction"):
    def note(function):
        USES.append((function, weight, of, area))
        return function
    return note


class Piece:
    """Text at namespace scope, and statements of a function of its own. `n` is an int there."""

    def __init__(self, body="", top="", headers=(), files=None):
        self.body, self.top, self.headers = body, top, tuple(headers)
        self.files = files or {}  # more files of the program, by name


class Maker:
    """Makes the texts of one use of one record."""

    def __init__(self, rng, record, number):
        self.rng, self.r, self.id = rng, record, number
        self.name = record.name
        self.cxx = record.cxx and record.language != "both"

    def pick(self, *options):
        return self.rng.choice(options)

    def bases(self):
        return ["{6}"] if self.r.base and not self.r.is_class else []

    def full(self, effects=None, names=("n",)):
        return self.bases() + self.r.values(effects, names)

    def elided(self, values):
        """The same without the braces of some arrays and nested records."""
        if self.rng.random() > 0.12:
            return values
        result = self.bases()
        for field, value in zip(self.r.fields, values[len(result):]):
            whole = field.is_nested or field.spelling in ("unsigned short {n}[2]", "double {n}[2]")
            result.append(value[1:-1] if whole and value.startswith("{") else value)
        return result

    def braces(self, effects=None, names=("n",), partial=True):
        values = self.full(effects, names)
        style = self.rng.random()
        if style < 0.2 and self.rng.random() < 0.8:
            return self.designated(values)
        if partial and style < 0.3 and not any(f.is_class for f in self.r.fields):
            values = values[:self.rng.randint(0 if self.r.cxx else 1, len(values))]
        values = self.elided(values)
        joint = self.pick(", ", ", ", ",", ",\n      ")
        end = "," if values and self.rng.random() < 0.1 else ""
        return "{" + joint.join(values) + end + "}"

    def designated(self, values):
        if self.r.base:
            return "{" + ", ".join(values) + "}"
        keep = [i for i in range(len(values)) if self.rng.random() < 0.8]
        if not self.cxx and self.r.language == "c" and self.rng.random() < 0.4:
            self.rng.shuffle(keep)
        if not keep:
            keep = [0]
        return "{" + ", ".join(f".{self.r.fields[i].name} = {values[i]}" for i in keep) + "}"

    def parens(self, effects=None, names=("n",)):
        values = self.full(effects, names)
        if values and self.bases():
            values[0] = f"{self.r.base}{{6}}"
        return "(" + ", ".join(values) + ")"

    def made(self, effects=None):
        return f"{self.name}{self.pick(self.braces(effects), self.braces(effects), self.parens(effects))}"

    def names(self, letter="q"):
        return [f"{letter}{i}" for i in range(len(self.r.fields))]

    def binding(self, letter="q"):
        return "[" + self.pick(", ", ",").join(self.names(letter)) + "]"

    def print_names(self, letter="q"):
        order = list(zip(self.names(letter), self.r.fields))
        self.rng.shuffle(order)
        return " ".join(field.print.replace("{o}", name) for name, field in order) + ' printf("\\n");'


def show(m, name):
    return f"show_{m.name}(&{name});" if not m.cxx else f"{name}.show();"


def bindable(m):
    return not m.r.base


# Braces.

@use(10)
def variable(m):
    form = m.pick("{T} x{b};", "{T} x = {b};", "{T} x = {T}{b};", "const {T} x = {b};", "static {T} x = {b};",
                  "const auto x = {T}{b};", "auto&& x = {T}{b};", "{T} x({T}{b});", "{T} x({b});",
                  "using A = {T}; A x{b};", "{T} x = n ? {T}{b} : {T}{c};", "{T} x = {T}({b});",
                  "{T} y{b}, x{c}; y.show();", "decltype({T}{b}) x{c};", "{T} x = (0, {T}{b});",
                  "{T} x = static_cast<{T}>({T}{b});", "{T} y = {b}; {T} x = y; x = {c};", "{T} x = (({T}{b}));")
    return Piece(fill(m, form) + show(m, "x"))


def fill(m, form):
    return form.replace("{T}", m.name).replace("{b}", m.braces()).replace("{c}", m.braces()) \
        .replace("{p}", m.parens()).replace("{#}", str(m.id))


@use(4)
def heap(m):
    form = m.pick("{T}* y = new {T}{b}; y->show(); delete y;", "{T}* y = new {T}[2]{{b}, {c}}; y[1].show(); y[0].show(); delete[] y;",
                  "alignas({T}) unsigned char room[sizeof({T})]; {T}* y = new (room) {T}{b}; y->show(); y->~{T}();",
                  "auto y = new {T}{p}; y->show(); delete y;", "auto* y = new auto({T}{b}); y->show(); delete y;")
    return Piece(fill(m, form), headers=["<new>"])


@use(6)
def array(m):
    form = m.pick("{T} t[2] = {{b}, {c}};", "{T} t[] = {{b}, {c}};", "{T} t[] = {{T}{b}, {c}};",
                  "const {T} t[2]{{b}, {c}};", "static const {T} t[] = {{b},\n    {c},\n  };",
                  "{T} s[1][2] = {{{b}, {c}}}; auto& t = s[0];")
    return Piece(fill(m, form) + " t[0].show(); t[1].show();")


@use(3)
def flat_array(m):
    values = [v for _ in range(2) for v in m.full()]
    if m.r.base or any(f.is_class for f in m.r.fields):
        return None
    if values[0].startswith("{") and m.r.fields[0].spelling.startswith("char"):
        return None  # braces of the first value would be those of the first row
    flat = ", ".join(v[1:-1] if v.startswith("{") and not f.spelling.startswith("char") else v
                     for v, f in zip(values, m.r.fields * 2))
    return Piece(f"{m.name} t[2] = {{{flat}}}; t[0].show(); t[1].show();")


@use(5)
def at_namespace_scope(m):
    form = m.pick("{T} g{#} = {b};", "static {T} g{#}{b};", "const {T} g{#} = {T}{b};", "inline {T} g{#}{p};",
                  "namespace sp{#} { {T} x{b}; } auto& g{#} = sp{#}::x;", "struct H{#} { static {T} x; }; {T} H{#}::x = {b}; auto& g{#} = H{#}::x;",
                  "{T} t{#}[] = {{b}, {c}}; auto& g{#} = t{#}[1];")
    return Piece(f"g{m.id}.show();", at_scope(m, form))


def at_scope(m, form):
    text = form.replace("{T}", m.name).replace("{#}", str(m.id))
    text = text.replace("{b}", m.braces(names=(f"n{m.id}",))).replace("{c}", m.braces(names=(f"n{m.id}",))) \
        .replace("{p}", m.parens(names=(f"n{m.id}",)))
    return f"static int n{m.id} = 4;\n{text}"


@use(5)
def returned(m):
    names = ("k",)
    ret = m.pick("{0}", "T{0}", "T{1}").replace("T", m.name).replace("{0}", m.braces(names=names)) \
        .replace("{1}", m.parens(names=names))
    top = f"static {m.name} make{m.id}(int k) {{ (void)k; return {ret}; }}"
    if m.rng.random() < 0.2:
        top = f"auto make{m.id} = [](int k) -> {m.name} {{ (void)k; return {ret}; }};"
    return Piece(f"{m.name} x = make{m.id}(n); x.show(); make{m.id}(8).show();", top)


@use(6)
def argument(m):
    top = m.pick(f"static void take{m.id}(const {m.name}& x) {{ x.show(); }}",
                 f"static void take{m.id}({m.name} x) {{ x.show(); }}",
                 f"static void take{m.id}({m.name}&& x, int = 0) {{ x.show(); }}",
                 f"struct Taker{m.id} {{ {m.name} x; Taker{m.id}({m.name} y) : x(y) {{ x.show(); }} }};\n"
                 f"static void take{m.id}({m.name} y) {{ Taker{m.id} t(y); Taker{m.id} u({m.name}{m.braces(0, ())}); u.x.show(); }}",
                 f"static void take{m.id}({m.name} x = {m.braces(0, ())}) {{ x.show(); static bool again = false; if (!again) {{ again = true; take{m.id}(); }} }}")
    value = m.pick(m.braces(), m.made(), m.made())
    return Piece(f"take{m.id}({value});", top)


@use(4)
def inside_another(m):
    number = m.id
    top = m.pick(
        f"struct In{number} {{ int k; {m.name} x; }};\nstatic In{number} made{number}(int n) {{ (void)n; return {{1, {m.braces()}}}; }}",
        f"struct In{number} {{ {m.name} x; int k; }};\nstatic In{number} made{number}(int n) {{ (void)n; return {{{m.braces()}, 1}}; }}",
        f"struct In{number} {{ {m.name} x = {m.braces(names=())}; int k = 0; }};\nstatic In{number} made{number}(int) {{ return {{}}; }}",
        f"struct In{number} {{ {m.name} x; int k; In{number}(int n) : x{m.braces(0)}, k(n) {{}} }};\nstatic In{number} made{number}(int n) {{ return In{number}(n); }}",
        f"struct In{number} {{ {m.name} x; int k; In{number}(int n) : x{m.parens(0)}, k(n) {{}} }};\nstatic In{number} made{number}(int n) {{ return In{number}(n); }}",
        f"struct In{number} {{ {m.name} x; int k; }};\nstatic In{number} made{number}(int n) {{ (void)n; return {{.x = {m.braces()}, .k = 2}}; }}",
        f"struct In{number} : {m.name} {{ int k; }};\nstatic In{number} made{number}(int n) {{ (void)n; return {{{m.braces()}, 1}}; }}\n")
    body = f"In{number} y = made{number}(n); y.{'' if ' : ' + m.name + ' {' in top else 'x.'}show();"
    return Piece(body, top)


@use(2)
def inside_without_braces(m):
    if m.r.base or any(f.is_class or f.is_array for f in m.r.fields):
        return None
    values = ", ".join(v[1:-1] if v.startswith("{") else v for v in m.full())
    return Piece(f"struct Local {{ int k; {m.name} x; int l; }}; Local y = {{1, {values}, 2}}; y.x.show(); printf(\"%d\\n\", y.l);")


@use(3)
def lambda_capture(m):
    form = m.pick("auto f = [x = {T}{b}] { x.show(); }; f();", "auto f = [&] { return {T}{b}; }; f().show();",
                  "auto f = [&](const {T}& x = {T}{d}) { x.show(); }; f(); f({T}{b});",
                  "[&](auto x) { x.show(); }({T}{b});", "auto f = [=]() mutable -> {T} { return {c}; }; f().show(); (void)n;")
    return Piece(fill(m, form.replace("{d}", m.braces(0, ()))))


@use(2)
def thrown(m):
    if any(f.is_class for f in m.r.fields):
        return None
    return Piece(fill(m, "try { throw {T}{b}; } catch (const {T}& x) { x.show(); }"))


@use(2)
def initializer_list(m):
    form = m.pick("for (const {T}& x : std::initializer_list<{T}>{{b}, {c}}) x.show();",
                  "for (const {T}& x : {{T}{b}, {T}{c}}) x.show();",
                  "auto l = {{T}{b}, {T}{c}}; for (auto& x : l) x.show();")
    return Piece(fill(m, form), headers=["<initializer_list>"])


@use(2)
def throwing_value(m):
    return Piece(f"for (int stop = 0; stop < {len(m.r.fields)}; ++stop) try {{ countdown = stop; "
                 f"{m.name} x{m.braces(1)}; countdown = -1; x.show(); }} catch (int k) {{ printf(\"caught %d\\n\", k); }} countdown = -1;")


@use(2)
def constant(m):
    if any(f.is_class for f in m.r.fields) or any(f.default and "(" in f.default.replace("(char)(", "") and
                                                  ("tick" in f.default or "said" in f.default or "counter" in f.default or "reader" in f.default or "twice" in f.default)
                                                  for f in m.r.fields):
        return None
    form = m.pick("constexpr {T} x = {b}; x.show();", "static constexpr {T} t[] = {{b}, {c}}; t[0].show(); t[1].show();")
    form = form.replace("{b}", m.braces(0, ())).replace("{c}", m.braces(0, ()))
    return Piece(form.replace("{T}", m.name))


# Parentheses.

@use(5)
def parentheses(m):
    form = m.pick("{T} x{p};", "{T} x = {T}{p};", "const {T}& x = {T}{p};", "auto x = {T}{p};", "auto&& x({T}{p});",
                  "{T}* y = new {T}{p}; {T} x = *y; delete y;", "{T} x(({T}{p}));", "{T} x = static_cast<{T}>({T}{p});")
    return Piece(fill(m, form) + " x.show();")


@use(2)
def part_of_parentheses(m):
    if any(f.is_class or f.default for f in m.r.fields) or m.r.base:
        return None
    values = m.full()[:m.rng.randint(1, len(m.r.fields))]
    return Piece(f"{m.name} x({', '.join(values)}); x.show();")


# Structured bindings.

@use(10)
def binding_of_value(m):
    if not bindable(m):
        return None
    q = m.binding()
    form = m.pick("auto {q} = {T}{b};", "auto&& {q} = {T}{b};", "const auto& {q} = {T}{b};", "auto {q}{{T}{b}};",
                  "auto {q}({T}{p});", "const auto {q} = {T}{p};", "auto {q} = n ? {T}{b} : {T}{c};",
                  "using A = {T}; auto {q} = A{b};", "auto {q} = static_cast<{T}>({T}{b});", "static auto {q} = {T}{b};",
                  "const auto& {q}{{T}{b}};", "auto {q} = ({T}{b});", "auto {q} = [&] { return {T}{b}; }();",
                  "{T} x = {b}; auto {q} = x;", "{T} x = {b}; auto& {q} = x;", "{T} x = {b}; const auto& {q} = x;",
                  "{T} x = {b}; auto&& {q} = x;", "{T} x = {b}, *y = &x; auto& {q} = *y;", "{T} t[2] = {{b}, {c}}; auto {q} = t[1];",
                  "{T} x = {b}; auto {q} = static_cast<{T}&&>(x);", "{T} x = {b}; auto {q} = (x);")
    return Piece(fill(m, form).replace("{q}", q) + " " + m.print_names())


@use(4)
def binding_of_call(m):
    if not bindable(m):
        return None
    q = m.binding()
    top = f"static {m.name} made{m.id}(int k) {{ (void)k; return {m.pick(m.braces(names=('k',)), m.made(0).replace('n + ', 'k + '))}; }}"
    form = m.pick("auto {q} = made{#}(n);", "auto&& {q} = made{#}(n);", "const auto& {q} = made{#}(n);", "auto {q}(made{#}(n));")
    return Piece(fill(m, form).replace("{q}", q) + " " + m.print_names(), top)


@use(4)
def binding_in_statement(m):
    if not bindable(m):
        return None
    q = m.binding()
    form = m.pick("if (auto {q} = {T}{b}; n) { {s} }", "switch (const auto& {q} = {T}{b}; n) { default: {s} }",
                  "for (auto {q} = {T}{b}; n < 6; n += 9) { {s} }", "for (auto {q} : {{T}{b}, {T}{c}}) { {s} }",
                  "{T} t[] = {{b}, {c}}; for (auto& {q} : t) { {s} }", "{T} t[] = {{b}, {c}}; for (const auto& {q} : t) { {s} }",
                  "for (auto&& {q} : std::initializer_list<{T}>{{b}, {c}}) { {s} }",
                  "auto f = [&](const {T}& x) { auto& {q} = x; {s} }; f({T}{b});",
                  "auto f = [&](auto x) { auto {q} = x; {s} }; f({T}{b});",
                  "auto f = [&] { auto {q} = {T}{b}; {s} }; f();",
                  "auto {q} = {T}{b}; auto f = [=] { {s} }; f();",
                  "for ({T} t[1] = {{b}}; auto& {q} : t) { {s} }")
    return Piece(fill(m, form).replace("{q}", q).replace("{s}", m.print_names()), headers=["<initializer_list>"])


@use(3)
def binding_at_scope(m):
    if not bindable(m):
        return None
    letter = f"g{m.id}_"
    form = m.pick("auto {q} = {T}{b};", "static auto {q} = {T}{b};", "auto&& {q} = {T}{p};", "const auto& {q}{{T}{b}};",
                  "static {T} gx{#} = {b}; auto& {q} = gx{#};", "namespace sp{#} { auto {q} = {T}{b}; } using namespace sp{#};")
    return Piece(m.print_names(letter), at_scope(m, form.replace("{q}", m.binding(letter))))


@use(2)
def binding_in_template(m):
    if not bindable(m):
        return None
    top = f"template <class T> static void open{m.id}(const T& x) {{ const auto& {m.binding()} = x; {m.print_names()} }}"
    return Piece(f"open{m.id}({m.name}{m.braces()});", top)


@use(2)
def nested_binding(m):
    if not bindable(m):
        return None
    top = f"struct N{m.id} {{ {m.name} x; char k; }};"
    form = m.pick("auto [x, k] = N{#}{{b}, 3};", "N{#} y{{b}, 3}; auto& [x, k] = y;")
    return Piece(fill(m, form) + f" auto& {m.binding()} = x; (void)k; {m.print_names()}", top)


# Tuple protocols, comparison, template arguments, what the library builds.

@use(2)
def tuple_protocol(m):
    if not bindable(m) or any(f.bits for f in m.r.fields):
        return None
    count = len(m.r.fields)
    cases = " else ".join(f"if constexpr (I == {i}) return (x.{f.name});" for i, f in enumerate(m.r.fields))
    top = (f"template <std::size_t I> auto& get(const {m.name}& x) {{ {cases} }}\n"
           f"namespace std {{ template <> struct tuple_size<{m.name}> : integral_constant<size_t, {count}> {{}};\n"
           f"template <size_t I> struct tuple_element<I, {m.name}> {{ using type = remove_reference_t<decltype(get<I>(declval<const {m.name}&>()))>; }}; }}\n")
    return Piece(f"const auto {m.binding()} = {m.name}{m.braces()}; {m.print_names()}", top, headers=["<utility>", "tuple_like"])


@use(2)
def template_argument(m):
    if m.r.base or any(f.is_class or "*" in f.spelling or f.bits for f in m.r.fields) or any(f.default for f in m.r.fields):
        return None
    top = f"template <{m.name} V> static void nttp{m.id}() {{ V.show(); }}\ntemplate <auto V> static void nauto{m.id}() {{ constexpr auto v = V; v.show(); }}"
    form = m.pick("nttp{#}<{T}{b}>();", "nauto{#}<{T}{b}>();", "constexpr {T} k{b}; nttp{#}<k>();", "nttp{#}<{b}>();")
    if "<{b}>" in form:
        form = "nttp{#}<{T}{b}>();"
    return Piece(form.replace("{b}", m.braces(0, ())).replace("{T}", m.name).replace("{#}", str(m.id)), top)


@use(3)
def compared(m):
    if not m.r.compared:
        return None
    if m.r.compared == "<=>":
        return Piece(fill(m, "{T} x{b}, y{c}; printf(\"%d %d %d\\n\", x < y, x > y, x == y);"))
    return Piece(fill(m, "{T} x{b}, y{c}; printf(\"%d %d %d\\n\", x == y, x != y, x == x);"))


@use(3)
def built_by_library(m):
    if m.r.base:
        return None
    form, header = m.pick(("std::optional<{T}> o; o.emplace({v}); o->show();", "<optional>"),
                          ("auto o = std::make_unique<{T}>({v}); o->show();", "<memory>"),
                          ("std::vector<{T}> o; o.emplace_back({v}); o[0].show();", "<vector>"),
                          ("std::vector<{T}> o{{b}, {c}}; o.push_back({b}); for (auto& x : o) x.show();", "<vector>"),
                          ("std::pair<{T}, int> o{{b}, 3}; o.first.show();", "<utility>"),
                          ("std::optional<{T}> o{std::in_place, {v}}; o->show();", "<optional>"),
                          ("std::optional<{T}> o{{T}{b}}; o->show();", "<optional>"),
                          ("std::array<{T}, 2> o{{{b}, {c}}}; o[0].show(); o[1].show();", "<array>"),
                          ("std::array<{T}, 1> o{{T}{b}}; o[0].show();", "<array>"),
                          ("std::map<int, {T}> o{{1, {b}}}; o.at(1).show();", "<map>"),
                          ("std::tuple<{T}, char> o{{T}{b}, 'x'}; std::get<0>(o).show();", "<tuple>"))
    if any(f.is_nested or f.is_array for f in m.r.fields) and "{v}" in form:
        form, header = "std::optional<{T}> o{{T}{b}}; o->show();", "<optional>"
    text = ", ".join(m.full(0))
    return Piece(fill(m, form.replace("{v}", text)), headers=[header])


@use(3)
def built_by_template(m):
    if m.r.base or any(f.is_nested or f.is_array or f.bits for f in m.r.fields):
        return None
    top = m.pick(f"template <class T, class... A> static T build{m.id}(A... a) {{ return T{{a...}}; }}",
                 f"template <class T, class... A> static T build{m.id}(A... a) {{ return T(a...); }}",
                 f"template <class T, class... A> static T build{m.id}(A... a) {{ T* p = new T{{a...}}; T r = *p; delete p; return r; }}")
    values = m.full(0)
    if any(v.startswith("{") for v in values):
        return None
    return Piece(f"build{m.id}<{m.name}>({', '.join(values)}).show();", top)


@use(2)
def macro_builds(m):
    k = len(m.full())
    letters = [f"a{i}" for i in range(k)]
    top = f"#define MAKE{m.id}({', '.join(letters)}) {m.name}{{{', '.join(letters)}}}"
    values = m.full(0)
    if any("{" in v for v in values):
        return None
    return Piece(f"{m.name} x = MAKE{m.id}({', '.join(values)}); x.show();", top)


# Code that this configuration does not compile.

@use(2, area="text")
def inactive(m):
    text = f"{m.name} x{m.braces(0)}; x.show();"
    other = f"{m.name} x = {m.braces(0)}; x.show();"
    return Piece(f"\n#ifdef OTHER\n  {text}\n#else\n  {other}\n#endif\n ")


@use(2, area="text")
def unexpanded_macro(m):
    values = m.full(0, ())
    top = f"#define SAMPLE{m.id} {m.name}{{{', '.join(values)}}}"
    return Piece(f"\n#ifdef OTHER\n  SAMPLE{m.id}.show();\n#endif\n ", top)


# Uses of classes with constructors.

@use(14, of="class")
def constructed(m):
    a, b = m.pick("2", "n", "n + 1", "tick()"), m.pick("", ", 5", ", n")
    form = m.pick("{T} x({a}{b});", "{T} x{{a}{b}};", "auto x = {T}({a}{b});", "{T} x = {T}{{a}{b}};", "const {T}& x = {T}({a}{b});",
                  "{T}* y = new {T}({a}{b}); {T} x = *y; delete y;", "{T} t[2] = {{T}(1), {T}({a}{b})}; {T}& x = t[1];",
                  "{T} y({a}{b}); {T} x(y); y.show();", "{T} y({a}{b}), x(4); x = y;", "{T} y({a}{b}); {T} x = static_cast<{T}&&>(y);")
    return Piece(form.replace("{T}", m.name).replace("{a}", a).replace("{b}", b) + " x.show();")


@use(4, of="class")
def constructed_again(m):
    text = f"{m.name} x(n, 2); x.show();"
    return Piece(f"for (int stop = 0; stop < 3; ++stop) try {{ countdown = stop; {text} countdown = -1; }} "
                 "catch (int k) { printf(\"caught %d\\n\", k); } countdown = -1;")


@use(4, of="class")
def derived(m):
    top = m.pick(f"struct D{m.id} : {m.name} {{ using {m.name}::{m.name}; char more = 3; }};",
                 f"struct D{m.id} : {m.name} {{ char more; D{m.id}(int k, int l = 2) : {m.name}(k, l), more(char(k)) {{}} }};",
                 f"struct D{m.id} : {m.name} {{ char more = (char)tick(); using {m.name}::{m.name}; }};")
    return Piece(f"D{m.id} x(n); x.show(); printf(\"%d\\n\", x.more);", top)


@use(4, of="class")
def held(m):
    top = f"struct H{m.id} {{ {m.name} x; char k; H{m.id}(int v) : x(v, v), k(1) {{}} }};"
    return Piece(f"H{m.id} y(n); y.x.show(); printf(\"%d\\n\", y.k);", top)


@use(3, of="class")
def without_arguments(m):
    if not m.r.has_default:
        return None
    form = m.pick("{T} x;", "{T} x{};", "auto x = {T}();", "static {T} x;", "{T} t[2]; {T}& x = t[1];")
    return Piece(fill_class(m, form) + " x.show();")


def fill_class(m, form):
    return form.replace("{T}", m.name).replace("{#}", str(m.id))


@use(3)
def default_initialised(m):
    if not all(f.default or f.is_class for f in m.r.fields) or m.r.base:
        return None
    form = m.pick("{T} x;", "{T} x{};", "auto x = {T}();", "auto x = {T}{};", "{T} t[2]; {T}& x = t[1];", "{T} x = {};",
                  "{T}* y = new {T}; {T} x = *y; delete y;")
    return Piece(fill_class(m, form) + " x.show();")


@use(2)
def copied(m):
    form = m.pick("{T} y{b}; {T} x = y; y = x;", "{T} y{b}; {T} x(static_cast<{T}&&>(y));", "{T} y{b}, x{c}; x = static_cast<{T}&&>(y);")
    return Piece(fill(m, form) + " x.show();")


# C, and headers that both languages read.

C_FORMS = ["{T} x = {b}; {s}", "static {T} x = {k}; {s}", "const {T} x = {b}; {s}", "{T} x; x = ({T}){b}; {s}", "{T}* y = &({T}){b}; {T} x = *y; {s}",
           "{T} t[2] = {{b}, {c}}; {T} x = t[1]; {s}", "{T} t[4] = {[0 ... 2] = {k}, [3] = {k}}; {T} x = t[2]; {s}",
           "{T} t[] = {[1] = {b}, [0] = {c}}; {T} x = t[0]; {s}", "struct In{#} { int k; {T} x; } y = {1, {b}}; {T} x = y.x; {s}",
           "struct In{#} { int k; {T} x; } y = {.x = {b}, .k = 2}; {T} x = y.x; {s}"]


@use(10, of="c")
def in_c(m):
    forms = [f for f in C_FORMS if m.r.language == "c" or not (".x = {b}" in f or "[" in f.replace("t[2]", "").replace("t[1]", "") or "({T})" in f)]
    form = m.pick(*forms).replace("{k}", m.braces(names=("3",))).replace("{s}", show(m, "x"))
    return Piece(fill(m, form))


@use(4, of="c")
def c_function(m):
    top = f"static {m.name} make{m.id}(int n) {{ {m.name} x = {m.braces()}; (void)n; return x; }}"
    return Piece(f"{m.name} x = make{m.id}(n); {show(m, 'x')}", top)


@use(2, of="c")
def c_table(m):
    form = m.pick("static const {T} table{#}[] = {{k}, {k2}};",
                  "static {T} table{#}[2] = {[1] = {k}, [0] = {k2}};" if m.r.language == "c"
                  else "static {T} table{#}[2] = {{k}, {k2}};")
    text = form.replace("{k2}", m.braces(names=("3",))).replace("{k}", m.braces(names=("3",)))
    return Piece(f"{m.name} x = table{m.id}[1]; {show(m, 'x')}", fill_class(m, text))
