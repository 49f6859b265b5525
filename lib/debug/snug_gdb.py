"""Pretty printers of gdb for the types of snug::runtime.

    (gdb) source /usr/share/snug/snug_gdb.py        or in ~/.gdbinit

Values are shown in the place of the pointers and bytes that hold them: a box as its value, an rc
with its counts, a compact_variant as the alternative that it holds. Nothing is called in the
program, so that they work on core dumps, too.
"""
import gdb
import gdb.printing


def template_name(type_):
    """snug::detail::x<int> -> detail::x"""
    name = type_.strip_typedefs().unqualified().tag or ""
    return name.split("<", 1)[0].removeprefix("snug::")


def atomic_value(value):
    """The number in a std::atomic of libstdc++ or libc++."""
    for path in (("_M_i",), ("_M_b", "_M_i"), ("__a_", "__a_value"), ("__a_value",)):
        at = value
        try:
            for name in path:
                at = at[name]
            return int(at)
        except (gdb.error, TypeError, ValueError):
            continue
    return int(value)


def read_unsigned(address, size):
    names = {4: "unsigned int", 8: "unsigned long long"}
    pointer = gdb.lookup_type(names[size]).pointer()
    return int(gdb.Value(address).cast(pointer).dereference())


class Wrapped:
    """What is shown as a word and perhaps the value below it."""

    def __init__(self, value):
        self.value = value

    def shown(self):
        """-> text, value or None"""
        raise NotImplementedError

    def to_string(self):
        return self.shown()[0]

    def children(self):
        inner = self.shown()[1]
        return iter([] if inner is None else [("value", inner)])


class Box(Wrapped):
    def shown(self):
        pointer = self.value["value_"]
        if int(pointer) == 0:
            return "box (valueless)", None
        return "box", pointer.dereference()


def counts_of(object_, policy):
    """The owners and weak references (None: the policy has none) before a counted object."""
    address = int(object_)
    name = str(policy.strip_typedefs())
    if name.startswith("snug::no_weak<"):
        return read_unsigned(address - 4, 4), None
    if "unsync" in name:
        owners, weaks = read_unsigned(address - 8, 4), read_unsigned(address - 4, 4)
    else:
        word = read_unsigned(address - 8, 8)
        owners, weaks = word >> 32, word & 0xFFFFFFFF
    return owners, weaks - (1 if owners > 0 else 0)


def counted(kind, pointer, policy):
    if int(pointer) == 0:
        return f"{kind} (empty)", None
    owners, weaks = counts_of(pointer, policy)
    text = f"{kind} ({owners} owners" + (")" if weaks is None else f", {weaks} weak)")
    return (text, pointer.dereference()) if owners > 0 else (f"{kind} (expired)", None)


class Rc(Wrapped):
    def shown(self):
        type_ = self.value.type.strip_typedefs()
        return counted(template_name(type_), self.value["object_"], type_.template_argument(1))


class Pointer(Wrapped):
    def shown(self):
        pointer = self.value["object_"]
        name = template_name(self.value.type).removeprefix("basic_")
        return (f"{name} (null)", None) if int(pointer) == 0 else (name, pointer.dereference())


class AtomicCounted(Wrapped):
    def shown(self):
        owner = self.value.type.strip_typedefs().template_argument(0)
        word = atomic_value(self.value["word_"])
        element = owner.template_argument(0).pointer()
        pointer = gdb.Value(word & ~3).cast(element)
        name = "atomic_" + template_name(owner)
        text, inner = counted(name, pointer, owner.template_argument(1))
        return text + (" locked" if word & 1 else ""), inner


class StdAtomic(AtomicCounted):
    def __init__(self, value):
        super().__init__(value.cast(value.type.strip_typedefs().fields()[0].type))


class Cow(Wrapped):
    def shown(self):
        owner = self.value["value_"]
        pointer = owner["object_"]
        if int(pointer) == 0:
            return "cow (empty)", None
        owners, _ = counts_of(pointer, owner.type.strip_typedefs().template_argument(1))
        return ("cow" if owners == 1 else f"cow (shared by {owners})"), pointer.dereference()


def lazy_of(value):
    """The lazy<T> below a lazy that keeps its function."""
    type_ = value.type.strip_typedefs()
    first = type_.fields()[0]
    return value.cast(first.type) if first.is_base_class else value


class Lazy(Wrapped):
    def shown(self):
        value = lazy_of(self.value)
        state = value["state_"]
        name = template_name(self.value.type)
        if name == "sync_lazy":
            number = {0: 0, 1: 1, 2: 1, 3: 2}[atomic_value(state)]
        else:
            number = int(state)
        if number == 2:
            return name, value["storage_"]["value"]
        return name + (" (empty)" if number == 0 else " (being made)"), None


class Observer(Wrapped):
    def shown(self):
        link = self.value["link_"]
        if int(link) == 0 or int(link["object"]) == 0:
            return "observer (null)", None
        target = self.value.type.strip_typedefs().template_argument(0)
        base = [f.type for f in target.strip_typedefs().fields() if f.is_base_class]
        start = link["object"]
        try:
            observable = gdb.lookup_type("snug::observable")
            if base:
                return "observer", start.cast(observable.pointer()).cast(target.pointer()).dereference()
        except gdb.error:
            pass
        return "observer", start.cast(target.pointer()).dereference()


def arguments_of(type_):
    """The template arguments of a type as they are written: gdb does not know those of a pack."""
    name = type_.strip_typedefs().unqualified().tag
    depth, end = 0, len(name) - 1
    begin = end
    while begin >= 0:  # the last "<...>": an outer class may have arguments of its own
        depth += {">": 1, "<": -1}.get(name[begin], 0)
        if depth == 0:
            break
        begin -= 1
    found, one, depth = [], "", 0
    for sign in name[begin + 1:end]:
        depth += {"<": 1, "(": 1, ">": -1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append(one.strip())
            one = ""
        else:
            one += sign
    return found + [one.strip()]


class CompactVariant(Wrapped):
    def shown(self):
        index = int(self.value["index_"])
        alternatives = arguments_of(self.value.type)[1:]
        if index >= len(alternatives):
            return "compact_variant (being moved)", None
        name = alternatives[index]
        if name.startswith("snug::boxed<"):
            name = name[len("snug::boxed<"):-1].strip()
        alternative = gdb.lookup_type(name)
        boxed = arguments_of(self.value["storage_"].type)[index] == "true"
        at = self.value["storage_"].address
        if boxed:
            pointer = at.cast(alternative.pointer().pointer()).dereference()
        else:
            pointer = at.cast(alternative.pointer())
        return f"compact_variant [{index}]", pointer.dereference()


class Member(Wrapped):
    """What holds its value in a field."""

    field, name = "value_", None

    def shown(self):
        name = template_name(self.value.type).removeprefix("basic_")
        return name, self.value[self.field]


class PaddedArray:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "padded_array of {}".format(self.value.type.strip_typedefs().template_argument(1))

    def children(self):
        cells = self.value["cells_"]
        first, last = cells.type.range()
        for i in range(first, last + 1):
            yield f"[{i}]", cells[i]["value_"]


class DenseArray:
    """The elements of a slot_map."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return f"{int(self.value['size_'])} elements"

    def children(self):
        for i in range(int(self.value["size_"])):
            yield f"[{i}]", self.value["data_"][i]


class Sized:
    """A container: how many elements, and where the debugger shows them itself, these."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        name = template_name(self.value.type).removeprefix("basic_")
        for field in ("size_", "count_"):
            try:
                return f"{name} of {int(self.value[field])}"
            except gdb.error:
                continue
        return name

    def children(self):
        for field in ("values_", "strings_"):
            try:
                yield field.rstrip("_"), self.value[field]
            except gdb.error:
                continue


PRINTERS = {
    "box": Box,
    "rc": Rc,
    "weak_rc": Rc,
    "borrow": Pointer,
    "unique_ref": Pointer,
    "basic_tracked_ptr": Pointer,
    "detail::atomic_counted": AtomicCounted,
    "cow": Cow,
    "lazy": Lazy,
    "sync_lazy": Lazy,
    "observer": Observer,
    "basic_compact_variant": CompactVariant,
    "padded": Member,
    "basic_tracked": Member,
    "padded_array": PaddedArray,
    "slot_map": Sized,
    "detail::dense_array": DenseArray,
    "gen_arena": Sized,
    "secondary_map": Sized,
    "intrusive_list": Sized,
    "basic_intrusive_list": Sized,
    "intrusive_slist": Sized,
    "basic_intrusive_slist": Sized,
    "lru_cache": Sized,
    "soa_vector": Sized,
    "basic_soa_vector": Sized,
    "aosoa_vector": Sized,
}


class Printers(gdb.printing.PrettyPrinter):
    """Finds the printer of a value by the name of its type."""

    def __call__(self, value):
        tag = value.type.strip_typedefs().unqualified().tag or ""
        if tag.startswith(("std::atomic<snug::rc<", "std::atomic<snug::weak_rc<")):
            return StdAtomic(value)
        if not tag.startswith("snug::"):
            return None
        printer = PRINTERS.get(template_name(value.type))
        return printer(value) if printer else None


def attach(objfile):
    """Puts the printers before those of the standard library, which know every std::atomic."""
    if not any(getattr(one, "name", "") == "snug" for one in objfile.pretty_printers):
        objfile.pretty_printers.insert(0, Printers("snug"))


for loaded in gdb.objfiles():
    attach(loaded)
gdb.events.new_objfile.connect(lambda event: attach(event.new_objfile))
