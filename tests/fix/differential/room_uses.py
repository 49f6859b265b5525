"""Memory that is as large as a record, types made of a size, templates that are members, and the place of a base:
a size that is seen on its way through a type, and memory that only has to be large enough."""
from uses import Piece, fill_class, use


def both(m, pair):
    """The text at namespace scope and the statements of a use."""
    top, body = (fill_class(m, text.replace("{{", "{").replace("}}", "}")) for text in pair)
    return body, top


PRINT = 'printf("%lu\\n", (unsigned long)({0}));'


@use(1, area="memory")
def room_measured(m):
    pair = m.pick(
        ("using Room{#} = std::aligned_storage_t<sizeof({T}), 16>;", PRINT.format("sizeof(Room{#})")),
        ("static std::array<unsigned char, sizeof({T})> room{#};", PRINT.format("room{#}.size()")),
        ("template <class V> using Bytes{#} = std::array<unsigned char, sizeof(V)>;\nstatic Bytes{#}<{T}> room{#};",
         "int n{#} = 0; for (unsigned char c : room{#}) n{#} += 1 + c; " + PRINT.format("n{#}")),
        ("static char room{#}[sizeof({T})];", "int n{#} = 0; for (char c : room{#}) n{#} += 1 + c; " + PRINT.format("n{#}")),
        ("static char room{#}[2][sizeof({T})];", PRINT.format("(char*)&room{#}[1] - (char*)&room{#}[0]")),
        ("template <class E, unsigned long N> static unsigned long count{#}(E (&)[N]) {{ return N; }}",
         "char room{#}[sizeof({T})]; " + PRINT.format("count{#}(room{#})")),
        ("static char room{#}[sizeof({T})];", PRINT.format("std::extent_v<decltype(room{#})>")),
        ("typedef char Raw{#}[sizeof({T})];", PRINT.format("sizeof(Raw{#})")),
        ("struct Page{#} {{ char room[sizeof({T})]; }};", PRINT.format("sizeof(Page{#})")),
        ("template <class V> struct Room{#} {{ char room[sizeof(V)]; unsigned long bytes() const {{ return sizeof room; }} }};\n"
         "static Room{#}<{T}> room{#};", PRINT.format("room{#}.bytes()")),
        ("template <class V> struct Room{#} {{ char room[sizeof(V)]; }};\nstatic Room{#}<{T}> room{#};", PRINT.format("sizeof room{#}")),
        ("", "std::vector<char> room{#}(sizeof({T})); " + PRINT.format("room{#}.size()")),
        ("", "std::string room{#}(sizeof({T}), '-'); printf(\"%s\\n\", room{#}.c_str());"))
    body, top = both(m, pair)
    return Piece(body, top, headers=["<array>", "<string>", "<type_traits>", "<vector>"])


@use(1, area="memory")
def room_only_used(m):
    pair = m.pick(
        ("alignas(16) static unsigned char room{#}[sizeof({T})];", "room{#}[0] = 3; " + PRINT.format("room{#}[0]")),
        ("static std::array<unsigned char, sizeof({T})> room{#};", "memset(room{#}.data(), 1, room{#}.size()); " + PRINT.format("room{#}[0]")),
        ("static std::aligned_storage_t<sizeof({T}), 16> room{#};", "unsigned char* p{#} = reinterpret_cast<unsigned char*>(&room{#}); "
         "*p{#} = 7; " + PRINT.format("*p{#}")),
        ("template <unsigned long N> struct Room{#} {{ alignas(16) unsigned char bytes[N]; unsigned char* get() {{ return bytes; }} }};\n"
         "static Room{#}<sizeof({T})> room{#};", "*room{#}.get() = 9; " + PRINT.format("*room{#}.get()")))
    body, top = both(m, pair)
    return Piece(body, top, headers=["<array>", "<string.h>", "<type_traits>"])


@use(1, area="memory")
def type_made_of_size(m):
    pair = m.pick(
        ("", "std::bitset<sizeof({T})> bits{#}; bits{#}.set(); " + PRINT.format("bits{#}.count()")),
        ("using Size{#} = std::integral_constant<unsigned long, sizeof({T})>;", PRINT.format("Size{#}::value")),
        ("template <class V> struct Size{#} : std::integral_constant<unsigned long, sizeof(V)> {{}};", PRINT.format("Size{#}<{T}>::value")),
        ("template <class V, unsigned long N = sizeof(V)> struct Size{#} {{ static constexpr unsigned long n = N; }};",
         PRINT.format("Size{#}<{T}>::n")),
        ("struct Wide{#} {{ unsigned n : sizeof({T}); }};", "Wide{#} w{#} = {{}}; w{#}.n = ~0u; " + PRINT.format("w{#}.n")),
        ("", PRINT.format("std::max(sizeof({T}), sizeof(int))")),
        ("", "std::vector<unsigned long> sizes{#}; sizes{#}.push_back(sizeof({T})); " + PRINT.format("sizes{#}[0]")))
    body, top = both(m, pair)
    return Piece(body, top, headers=["<algorithm>", "<bitset>", "<type_traits>", "<vector>"])


@use(1, area="memory")
def member_template_asks(m):
    pair = m.pick(
        ("struct Canvas{#} {{ template <class V> bool draw() const {{ return sizeof(V) <= 24; }} }};", PRINT.format("Canvas{#}().draw<{T}>()")),
        ("struct Canvas{#} {{ template <class V> bool draw(const V*) const {{ return sizeof(V) <= 24; }} }};",
         PRINT.format("Canvas{#}().draw(static_cast<const {T}*>(nullptr))")),
        ("struct Canvas{#} {{ template <class V> unsigned long draw() const {{ return sizeof(V); }} }};\n"
         "template <class C> static unsigned long ask{#}(const C& c) {{ return c.template draw<{T}>(); }}", PRINT.format("ask{#}(Canvas{#}())")),
        ("", "auto ask{#} = []<class V>(const V*) {{ return sizeof(V); }}; " + PRINT.format("ask{#}(static_cast<const {T}*>(nullptr))")))
    body, top = both(m, pair)
    return Piece(body, top)


@use(1, area="memory")
def place_of_base(m):
    if m.r.is_class:
        return None
    body, top = both(m, ("struct Second{#} {{ int second; }};\nstruct Both{#} : {T}, Second{#} {{}};",
                         "static Both{#}* b{#} = nullptr; char* at{#} = (char*)0x1000; b{#} = (Both{#}*)at{#}; Second{#}* s{#} = b{#}; "
                         + PRINT.format("(char*)s{#} - (char*)b{#}")))
    return Piece(body, top)
