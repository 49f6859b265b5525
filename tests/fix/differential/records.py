"""Records of the generated programs: fields, values for them, constructors, and how they are printed."""

# Types whose construction, copy, move, comparison and destruction print, in two sizes; a class that is
# quiet but has constructors; one that frees memory; small aggregates; something to read from.
PRELUDE_CXX = r"""
static int counter = 0;
[[maybe_unused]] static int tick() { return ++counter; }
[[maybe_unused]] static int said(int n) { printf("<%d>", n); return n; }
static int countdown = -1;
[[maybe_unused]] static int may_throw(int n) { if (countdown-- == 0) throw n; return n; }
[[maybe_unused]] static int twice(int n) { return 2 * n; }
template <class V> struct Log {
  V v;
  Log(int x = 0) : v(V(x)) { printf("+%d.%d ", int(sizeof(V)), int(v)); }
  Log(const Log& o) : v(o.v) { printf("c%d.%d ", int(sizeof(V)), int(v)); }
  Log(Log&& o) noexcept : v(o.v) { o.v = 0; printf("m%d.%d ", int(sizeof(V)), int(v)); }
  Log& operator=(const Log& o) { v = o.v; printf("=%d.%d ", int(sizeof(V)), int(v)); return *this; }
  bool operator==(const Log& o) const { printf("?%d ", int(sizeof(V))); return v == o.v; }
  ~Log() { printf("-%d.%d ", int(sizeof(V)), int(v)); }
};
template <class V> struct Ctor {  // only its construction prints
  V v;
  Ctor(int x = 0) : v(V(x)) { printf("k%d.%d ", int(sizeof(V)), int(v)); }
};
template <class V> struct Cmp {  // only its comparison prints
  V v = 0;
  bool operator==(const Cmp& o) const { printf("=%d.%d ", int(sizeof(V)), int(v)); return v == o.v; }
};
template <class V> struct Gone {  // only its destruction prints
  V v = 0;
  ~Gone() { printf("~%d.%d ", int(sizeof(V)), int(v)); }
};
struct Conv { int n; operator int() const { printf("conv%d ", n); return n; } };
struct Money { long v; Money(long x = 0) : v(x) {} operator long() const { return v; } };
struct Heap {
  int* p;
  explicit Heap(int x = 0) : p(new int(x)) {}
  Heap(const Heap& o) : p(new int(*o.p)) {}
  Heap& operator=(const Heap& o) { *p = *o.p; return *this; }
  ~Heap() { delete p; }
};
struct Reader {
  const char* p;
  char byte() { return *p++; }
  double num() { double d = *p - '0'; ++p; return d; }
  friend Reader& operator>>(Reader& r, int& n) { n = *r.p++ - '0'; return r; }
};
static Reader global_reader{"1234567890abcdefghijklmnopqrstuvwxyz1234567890abcdefghijklmnop"};
struct Box { int v; int take() { int old = v; v = 0; return old; } };
[[maybe_unused]] static int next_of(Reader& r) { return r.byte(); }
[[maybe_unused]] static int taken(int& n) { int old = n; n = 0; return old; }
"""
PRELUDE_BOTH = r"""
struct Pt { char x; int y; };
struct Wide { double d; char t; };
enum Hue { red, green, blue };
"""

#        spelling             bytes  how it is printed       a value that may be narrowed   weight
SCALARS = [
    ("char {n}",               1, 'printf("%d ", {o});',       "(char)({e})",               8),
    ("signed char {n}",        1, 'printf("%d ", {o});',       "(signed char)({e})",        1),
    ("unsigned char {n}",      1, 'printf("%d ", {o});',       "(unsigned char)({e})",      2),
    ("short {n}",              2, 'printf("%d ", {o});',       "(short)({e})",              4),
    ("int {n}",                4, 'printf("%d ", {o});',       "{e}",                       8),
    ("unsigned {n}",           4, 'printf("%u ", {o});',       "(unsigned)({e})",           2),
    ("float {n}",              4, 'printf("%g ", (double){o});', "(float)({e})",            2),
    ("long {n}",               8, 'printf("%ld ", {o});',      "(long)({e})",               6),
    ("double {n}",             8, 'printf("%g ", {o});',       "(double)({e})",            10),
    ("const char* {n}",        8, 'printf("%s ", {o} ? {o} : "-");', '&"abcdefgh"[({e}) & 7]', 4),
    ("enum Hue {n}",           4, 'printf("%d ", (int){o});',  "(enum Hue)(({e}) % 3)",     2),
    ("unsigned short {n}[2]",  4, 'printf("%d,%d ", {o}[0], {o}[1]);', "{{(unsigned short)({e}), 2}}", 2),
    ("char {n}[3]",            3, 'printf("%d,%d,%d ", {o}[0], {o}[1], {o}[2]);', "{{(char)({e}), 1}}", 3),
    ("double {n}[2]",         16, 'printf("%g,%g ", {o}[0], {o}[1]);', "{{(double)({e}), 4}}", 1),
    ("struct Pt {n}",          8, 'printf("(%d,%d) ", {o}.x, {o}.y);', "{{1, {e}}}",        3),
    ("struct Wide {n}",       16, 'printf("(%g,%d) ", {o}.d, {o}.t);', "{{(double)({e}), 2}}", 2),
]
CLASSES = [
    ("Money {n}",              8, 'printf("%ld ", {o}.v);',    "Money({e})",                3),
    ("Log<char> {n}",          1, 'printf("%d ", {o}.v);',     "Log<char>({e})",            3),
    ("Log<double> {n}",        8, 'printf("%g ", {o}.v);',     "Log<double>({e})",          3),
    ("Ctor<char> {n}",         1, 'printf("%d ", {o}.v);',     "{e}",                       1),
    ("Ctor<long> {n}",         8, 'printf("%ld ", {o}.v);',    "{e}",                       1),
    ("Gone<char> {n}",         1, 'printf("%d ", {o}.v);',     "{{(char)({e})}}",           1),
    ("Gone<double> {n}",       8, 'printf("%g ", {o}.v);',     "{{(double)({e})}}",         1),
    ("Cmp<char> {n}",          1, 'printf("%d ", {o}.v);',     "{{(char)({e})}}",           1),
    ("Cmp<double> {n}",        8, 'printf("%g ", {o}.v);',     "{{(double)({e})}}",         1),
    ("Heap {n}",               8, 'printf("%d ", *{o}.p);',    "Heap({e})",                 1),
]
SMALL = [row for row in SCALARS + CLASSES if row[1] < 8]


class Field:
    def __init__(self, name, row, bits=0):
        self.name, self.bits = name, bits
        self.spelling, self.bytes, self.print, self.pattern, _ = row
        self.default = None  # text of a default member initialiser
        self.is_class = row in CLASSES
        self.is_array = "[" in self.spelling
        self.is_nested = self.spelling.startswith("struct")
        self.is_scalar = not (self.is_class or self.is_array or self.is_nested)

    def decl(self):
        text = self.spelling.format(n=self.name) + (f" : {self.bits}" if self.bits else "")
        return text + (f" = {self.default}" if self.default else "") + ";"

    def show(self, obj):
        return self.print.replace("{o}", f"{obj}.{self.name}")

    def value(self, expression):
        if self.bits:
            return str(sum(map(ord, expression)) % 2)
        if self.is_class:
            expression = expression.replace("Conv{", "(int)Conv{")  # one conversion of a user's is allowed
        return self.pattern.format(e=expression)


class Record:
    """One type of the program with everything that its definition holds."""

    def __init__(self, rng, name, language):
        self.rng, self.name, self.language = rng, name, language
        self.cxx = language != "c"
        self.base = None
        self.tail = []       # lines behind the fields
        self.constructors = []
        self.compared = None
        self.outside = ""    # a constructor that is defined outside the class
        with_classes = self.cxx and language != "both" and rng.random() < 0.3
        count = rng.randint(3, 9) if rng.random() < 0.3 else rng.randint(3, 5)
        self.fields = []
        for i in range(count):
            table = SCALARS + (CLASSES if with_classes else [])
            if i % 2 == 0 and rng.random() < 0.8:
                table = [row for row in table if row[1] < 8]
            row = rng.choices(table, [r[4] for r in table])[0]
            bits = rng.choice([1, 3, 5]) if row[0] in ("unsigned {n}", "int {n}") and rng.random() < 0.2 \
                else 0
            if bits:
                row = SCALARS[5]
            self.fields.append(Field(f"{rng.choice('abcdefgh')}{i}", row, bits))
        if not any(f.bytes >= 8 for f in self.fields):
            self.fields[1] = Field("w1", rng.choice([r for r in SCALARS if r[1] == 8]))
        self.is_class = self.cxx and language != "both" and rng.random() < 0.35
        if self.cxx and language != "both":
            self.add_defaults()
            if rng.random() < 0.08:
                self.base = f"{name}Base"
            if self.is_class:
                self.add_constructors()
            elif rng.random() < 0.1:
                self.add_comparison()
        self.shown = rng.sample(self.fields, len(self.fields))
        self.text = self.make_definition()

    # An expression for a value. `names` are variables that may be read.
    def calm(self, names=("n",)):
        rng = self.rng
        return rng.choice([str(rng.randint(0, 99)), str(rng.randint(0, 99)),
                           f"{rng.choice(names)} + {rng.randint(1, 9)}" if names else "7"])

    def wild(self, names=("n",)):
        rng = self.rng
        forms = ["tick()", "tick()", "said({k})", "may_throw({k})", "++counter", "counter++", "counter",
                 "global_reader.byte()", "(int)global_reader.num()", "twice({k})", "counter += 2",
                 "*global_reader.p++", "[] {{ return tick(); }}()", "Conv{{{k}}}", "Conv{{{k}}}", "tick() ? {k} : 3"]
        if names:
            forms += ["{n}++", "--{n}", "taken({n})", "{n}", "{n} + 1", "({n} = {k})", "(global_reader >> {n}, {n})"]
        return rng.choice(forms).format(k=rng.randint(0, 99), n=rng.choice(names) if names else "")

    def values(self, effects=None, names=("n",), fields=None):
        """A value for each field. `effects`: how likely the list has effects at all."""
        wild = self.cxx and self.language != "both" and self.rng.random() < (0.15 if effects is None else effects)
        return [f.value(self.wild(names) if wild and self.rng.random() < 0.6 else self.calm(names))
                for f in (fields or self.fields)]

    def add_defaults(self):
        rng = self.rng
        kind = rng.choices(["none", "calm", "read", "tick"], [60, 20, 10, 10])[0]
        self.all_default = kind != "none"
        for i, field in enumerate(self.fields):
            if kind == "none" or field.bits:
                if field.bits and kind != "none":
                    field.default = "1"
                continue
            expression = str(rng.randint(1, 50))
            readable = [f for f in self.fields[:i] if f.spelling in ("char {n}", "int {n}", "short {n}",
                                                                      "double {n}")]
            if kind == "read" and readable and rng.random() < 0.6:
                expression = f"(int){rng.choice(readable).name} + {expression}"
            elif kind == "tick" and rng.random() < 0.6:
                expression = rng.choice(["tick()", f"said({expression})", "counter", "twice(4)",
                                         "++counter", "global_reader.byte()"])
            field.default = field.value(expression)

    def add_comparison(self):
        usable = all(not f.is_nested and not f.spelling.startswith(("Heap", "Ctor", "Gone", "Money"))
                     for f in self.fields)
        if usable and not self.base:
            self.compared = "=="
            ordered = not any(f.is_class or "*" in f.spelling for f in self.fields)
            if ordered and self.rng.random() < 0.4:
                self.compared = "<=>"
                self.tail.append(f"friend auto operator<=>(const {self.name}&, const {self.name}&) = default;"
                                 if self.rng.random() < 0.5 else
                                 f"auto operator<=>(const {self.name}&) const = default;")
                return
            self.tail.append(f"bool operator==(const {self.name}&) const = default;")

    def add_constructors(self):
        rng, name = self.rng, self.name
        names = {"n", "m"}
        chosen = [f for f in self.fields if rng.random() < 0.85 or not f.default]
        order = chosen
        items, body = [], ""
        mode = rng.choices(["calm", "wild", "read", "leak", "stream", "move", "body"],
                           [46, 18, 10, 5, 8, 8, 5])[0]
        parameters = "int n, int m = 3"
        for i, field in enumerate(order):
            expression = self.calm(sorted(names))
            earlier = [f for f in self.fields[:self.fields.index(field)] if f.is_scalar and not f.bits
                       and "char*" not in f.spelling and f in chosen]
            if mode == "wild" and rng.random() < 0.6:
                expression = self.wild(sorted(names))
            elif mode == "read" and earlier and rng.random() < 0.5:
                expression = f"(int){rng.choice(earlier).name} + 1"
            elif mode == "stream" and rng.random() < 0.7:
                expression = rng.choice(["r.byte()", "(int)r.num()", "*r.p++", "r.p[0]", "next_of(r)",
                                         "(r >> m, m)"])
            elif mode == "leak" and earlier and rng.random() < 0.4:
                expression = rng.choice(["peek(this)", "(*this).peek_own()", "peek_ref(*this)"])
            elif mode == "move" and rng.random() < 0.6:
                expression = rng.choice(["taken(m)", "m", "box.take()", "box.v", "taken(box.v)"])
            value = field.value(expression)
            items.append(f"{field.name}{value}" if value.startswith("{") else f"{field.name}({value})")
        if mode == "stream":
            parameters = "int n, int m = 3, Reader& r = global_reader"
        if mode == "move":
            parameters = "int n, int m = 3, Box box = Box{5}"
        if mode == "leak":
            seen = next((f for f in self.fields if f.is_scalar and not f.bits and "char*" not in f.spelling), None)
            text = f"(int)o->{seen.name}" if seen else "3"
            own = f"(int){seen.name}" if seen else "3"
            text = text if seen else "(o ? 3 : 4)"
            self.tail.append(f"static int peek(const {name}* o) {{ return {text}; }}")
            self.tail.append(f"int peek_own() const {{ return {own}; }}")
            self.tail.append(f"static int peek_ref(const {name}& o) {{ return o.peek_own(); }}")
        if mode == "body":
            body = " n = tick();"
        style = rng.choices(["plain", "explicit", "template", "outside"], [5, 2, 1, 2])[0]
        head = {"explicit": "explicit ", "template": "template <class U = int> "}.get(style, "")
        separator = rng.choice([", ", ",\n      "])
        initialisers = f" : {separator.join(items)}" if items else ""
        body = " (void)n; (void)m;" + body
        if style == "outside":
            self.constructors.append(f"{name}({parameters});")
            plain = ", ".join(p.split(" = ")[0] for p in parameters.split(", "))
            self.outside = f"inline {name}::{name}({plain}){initialisers} {{{body} }}\n"
        else:
            self.constructors.append(f"{head}{name}({parameters}){initialisers} {{{body} }}")
        if rng.random() < 0.25:
            self.constructors.append(f"{name}() : {name}({rng.choice(['4', 'tick()', '4, tick()'])}) {{}}")
        elif all(f.default or f.is_class for f in self.fields) and rng.random() < 0.5:
            self.constructors.append(f"{name}() = default;")
        self.has_default = len(self.constructors) > 1
        if rng.random() < 0.15:
            picked = [f"{f.name}(o.{f.name})" for f in self.fields if not f.is_array]
            arrays = [f for f in self.fields if f.is_array]
            if not arrays:
                self.constructors.append(f"{name}(const {name}& o) : {', '.join(picked)} {{ printf(\"copy \"); }}")
        if rng.random() < 0.1:
            self.tail.append(f"~{name}() {{ printf(\"gone \"); }}")

    def definition(self):
        return self.text

    def make_definition(self):
        rng, name = self.rng, self.name
        lines = []
        if self.base:
            lines.append(f"struct {self.base} {{ int base_v; {self.base}(int v = 5) : base_v(v) {{}} }};"
                         if self.is_class else f"struct {self.base} {{ int base_v; }};")
        key = "class" if self.is_class and rng.random() < 0.5 else "struct"
        head = f"{key} {name}" + (f" : public {self.base}" if self.base else "") + " {"
        lines.append(head)
        private = self.is_class and rng.random() < 0.4
        members = []
        joined = rng.random() < 0.15
        for field in self.fields:
            comment = rng.choice(["", "", "", f"  // about {field.name}", f"  /* {field.name} */"])
            before = ""
            if self.cxx and self.language == "c++" and not joined and rng.random() < 0.06:
                before = rng.choice(["[[maybe_unused]] ", "alignas(8) " if not field.bits else "",
                                     f"/* {field.name}; */ "])
            members.append(f"  {before}{field.decl()}{comment if not joined else ''}")
        fields = ("\n" if not joined else " ").join(members)
        functions = "".join(f"  {line}\n" for line in self.constructors + self.tail)
        public = " public:\n" if key == "class" else ""
        show = "  void show() const;\n" if self.cxx and self.language != "both" else ""
        if private:
            lines.append(f"{public or ' public:' + chr(10)}{functions}{show} private:\n{fields}")
        elif rng.random() < 0.5:
            lines.append(f"{public}{functions}{show}{fields}")
        else:
            lines.append(f"{public}{fields}\n{functions}{show}")
        lines.append("};")
        if self.language == "both" or self.language == "c":
            lines.append(f"typedef struct {name} {name};")
        shown = " ".join(f.show("o") for f in self.shown)
        if self.base:
            shown += ' printf("%d ", o.base_v);'
        if self.cxx and self.language != "both":
            lines.append(self.outside)
            lines.append(f"inline void {name}::show() const {{ const {name}& o = *this; {shown} "
                         'printf("\\n"); }')
        else:
            lines.append(f"static inline void show_{name}(const {name}* o) {{ "
                         f"{shown.replace('o.', 'o->')} printf(\"\\n\"); }}")
        return "\n".join(lines) + "\n"
