"""Uses of the memory of a record: ranges that start at a field, offsets, casts, unions, bytes."""
from uses import Piece, fill, fill_class, show, use


def neighbours(m, spelling="char {n}"):
    """Two neighbouring fields of one scalar type."""
    fields = m.r.fields
    found = [(a, b) for a, b in zip(fields, fields[1:])
             if a.spelling == b.spelling == spelling and not a.bits and not b.bits]
    return found[0] if found else None


def trivial(m):
    return not any(f.is_class for f in m.r.fields) and not m.r.base


@use(2, of="any", area="memory")
def offset_arithmetic(m):
    field = next((f for f in m.r.fields if f.spelling in ("double {n}", "long {n}", "int {n}") and not f.bits), None)
    if field is None or not trivial(m) or m.r.is_class:
        return None
    kind = field.spelling.split()[0]
    return Piece(fill(m, "{T} x = {b}; ") + f"printf(\"%d\\n\", (int)*({kind}*)((char*)&x + __builtin_offsetof({m.name}, {field.name})));")


@use(2, of="any", area="memory")
def bytes_from_field(m):
    if not trivial(m) or m.r.is_class:
        return None
    field = m.rng.choice([f for f in m.r.fields if not f.bits] or [None])
    if field is None:
        return None
    form = m.pick("__builtin_memset((char*)&x + __builtin_offsetof({T}, {f}), 0, sizeof(x) - __builtin_offsetof({T}, {f}));",
                  "__builtin_memset(&x.{f}, 0, sizeof x.{f});", "__builtin_memset(&x, 0, __builtin_offsetof({T}, {f}));",
                  "__builtin_memset(&x, 0, sizeof x);")
    return Piece(fill(m, "{T} x = {b}; " + form.replace("{f}", field.name)) + " " + show(m, "x"))


@use(1, of="any", area="memory")
def range_of_fields(m):
    pair = neighbours(m) or neighbours(m, "int {n}") or neighbours(m, "double {n}")
    if not pair or m.r.is_class or not trivial(m):
        return None
    a, _ = pair
    kind = a.spelling.split()[0]
    form = m.pick("{k}* p = &x.{f}; printf(\"%d %d\\n\", (int)p[0], (int)p[1]);", "printf(\"%d\\n\", (int)(&x.{f})[1]);",
                  "{k} y[2]; __builtin_memcpy(y, &x.{f}, sizeof y); printf(\"%d\\n\", (int)y[1]);",
                  "int sum = 0; for ({k}* p = &x.{f}; p != &x.{f} + 2; ++p) sum += (int)*p; printf(\"%d\\n\", sum);")
    return Piece(fill(m, "{T} x = {b}; ") + form.replace("{k}", kind).replace("{f}", a.name))


@use(1, of="any", area="memory")
def first_member(m):
    first = m.r.fields[0]
    if not trivial(m) or m.r.is_class or first.bits or not first.is_scalar:
        return None
    kind = first.spelling.replace(" {n}", "")
    text = 'printf("%d\\n", (int)*({k}*)&x);' if "*" not in kind else 'printf("%s\\n", *({k}*)&x ? *({k}*)&x : "-");'
    return Piece(fill(m, "{T} x = {b}; ") + text.replace("{k}", kind))


@use(1, of="any", area="memory")
def container(m):
    field = m.rng.choice(m.r.fields)
    if not trivial(m) or m.r.is_class or field.bits:
        return None
    return Piece(fill(m, "{T} x = {b}; ") + f"{m.name}* y = ({m.name}*)((char*)&x.{field.name} - __builtin_offsetof({m.name}, {field.name})); {m.name} z = *y; " + show(m, "z"))


@use(1, of="c", area="memory")
def twin(m):
    if not trivial(m):
        return None
    fields = " ".join(f.decl() for f in m.r.fields[:3])
    top = f"struct Twin{m.id} {{ {fields} }};"
    shown = " ".join(f.show("(*t)") for f in m.r.fields[:3])
    return Piece(fill(m, "{T} x = {b}; ") + f"struct Twin{m.id}* t = (struct Twin{m.id}*)(void*)&x; {shown} printf(\"\\n\");", top)


@use(1, of="any", area="memory")
def common_beginning(m):
    if not trivial(m) or m.r.is_class or any(f.default for f in m.r.fields):
        return None
    fields = " ".join(f.decl() for f in m.r.fields[:2])
    top = f"struct Begin{m.id} {{ {fields} }};\nunion Both{m.id} {{ {m.name} x; struct Begin{m.id} y; }};"
    shown = " ".join(f.show("u.y") for f in m.r.fields[:2])
    return Piece(f"union Both{m.id} u; {m.name} z = {m.braces(0)}; u.x = z; {shown} printf(\"\\n\");", top)


@use(1, of="any", area="memory")
def sorted_by_key(m):
    field = next((f for f in m.r.fields if f.spelling in ("int {n}", "long {n}", "double {n}") and not f.bits), None)
    if field is None or not trivial(m) or m.r.is_class:
        return None
    call = "[](const void* a, const void* b) { return int(static_cast<const T*>(a)->F - static_cast<const T*>(b)->F); }"
    if not m.cxx:
        top = (f"static int order{m.id}(const void* a, const void* b) {{ return (int)((const {m.name}*)a)->{field.name} - (int)((const {m.name}*)b)->{field.name}; }}")
        call = f"order{m.id}"
    else:
        top = ""
        call = call.replace("T", m.name).replace("F", field.name)
    return Piece(fill(m, "{T} t[2] = {{b}, {c}}; ") + f"qsort(t, 2, sizeof t[0], {call}); " + show(m, "t[0]"), top, headers=["<stdlib.h>"])
