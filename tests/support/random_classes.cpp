#include "support/random_classes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace snug::test {

namespace {

/// splitmix64: the standard's distributions differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll(std::uint64_t sides) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31U)) % sides;
  }
  bool percent(std::uint64_t chance) { return roll(100) < chance; }
  template <class T, std::size_t N>
  const T& pick(const std::array<T, N>& from) {
    return from[roll(N)];
  }

 private:
  std::uint64_t state_;
};

/// What later classes have to know of an earlier one.
struct Made {
  bool is_union = false;
  bool trivial = true;  ///< May be a member of a union.
  bool empty = false;
  bool ambiguous = false;
  /// Base class and the virtual base it belongs to (-1: none): one subobject each.
  std::set<std::pair<std::size_t, long>> subobjects;
  std::set<std::size_t> virtual_bases;
  std::set<std::string> virtual_functions;
};

constexpr std::array<const char*, 16> scalars = {
    "char",  "signed char", "short", "int",         "long", "long long", "float", "double",
    "void*", "bool",        "Tiny",  "long double", "int*", "char16_t",  "Wide",  "unsigned"};
constexpr std::array<std::pair<const char*, unsigned>, 6> bit_types = {{{"unsigned char", 8},
                                                                        {"short", 16},
                                                                        {"int", 32},
                                                                        {"unsigned", 32},
                                                                        {"long long", 64},
                                                                        {"bool", 1}}};
constexpr std::array<unsigned, 7> alignments = {1, 2, 4, 8, 16, 32, 64};

class Generator {
 public:
  Generator(std::uint64_t seed, const RandomClassOptions& options)
      : dice_(seed), options_(options) {}

  std::vector<RandomClass> run(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      make();
    }
    return std::move(classes_);
  }

 private:
  std::string name_of(std::size_t index) const { return fmt::format("R{}", index); }

  void make() {
    current_ = {};
    made_ = {};
    current_.name = name_of(classes_.size());
    next_field_ = 0;
    made_.is_union = dice_.percent(10);
    const bool is_class = !made_.is_union && dice_.percent(25);
    const unsigned pack = dice_.percent(8) ? 1U << dice_.roll(4) : 0;
    const bool packed = pack == 0 && dice_.percent(8);
    const bool trailing = dice_.percent(50);
    std::string head = made_.is_union ? "union" : is_class ? "class" : "struct";
    if (packed && !trailing) {
      head += " __attribute__((packed))";
    }
    if (dice_.percent(8)) {
      head += fmt::format(" __attribute__((aligned({})))", dice_.pick(alignments));
    }
    head += " " + current_.name;
    head += made_.is_union ? std::string() : base_clause();
    std::string body = is_class && dice_.percent(80) ? " public:\n" : "";
    body += members(dice_.percent(12) ? 0 : 1 + dice_.roll(6), "  ");
    if (!made_.is_union) {
      body += functions();
    }
    current_.source =
        head + " {\n" + body + "}" + (packed && trailing ? " __attribute__((packed))" : "") + ";\n";
    if (pack != 0) {
      current_.source =
          fmt::format("#pragma pack(push, {})\n{}#pragma pack(pop)\n", pack, current_.source);
    }
    current_.needs_object = !made_.virtual_bases.empty();
    current_.ambiguous = made_.ambiguous;
    for (const std::size_t base : made_.virtual_bases) {
      add_base_name(name_of(base));
    }
    classes_.push_back(std::move(current_));
    known_.push_back(std::move(made_));
  }

  void add_base_name(const std::string& name) {
    if (std::find(current_.bases.begin(), current_.bases.end(), name) == current_.bases.end()) {
      current_.bases.push_back(name);
    }
  }

  /// Adds the subobjects of a base; false if one would occur twice and that is not wanted.
  bool add_base(std::size_t base, bool is_virtual) {
    const Made& from = known_[base];
    std::set<std::pair<std::size_t, long>> all = made_.subobjects;
    bool twice = false;
    const auto add = [&](std::size_t type, long root) {
      const bool fresh = all.insert({type, root}).second;
      twice = twice || (!fresh && root < 0) ||
              std::any_of(all.begin(), all.end(), [&](const auto& other) {
                return other.first == type && other.second != root;
              });
    };
    const long own = is_virtual ? static_cast<long>(base) : -1;
    add(base, own);
    for (const auto& [type, root] : from.subobjects) {
      add(type, root < 0 ? own : root);
    }
    if (twice && !(options_.ambiguous && dice_.percent(10))) {
      return false;
    }
    made_.ambiguous = made_.ambiguous || twice || from.ambiguous;
    made_.subobjects = std::move(all);
    if (is_virtual) {
      made_.virtual_bases.insert(base);
    }
    made_.virtual_bases.insert(from.virtual_bases.begin(), from.virtual_bases.end());
    made_.virtual_functions.insert(from.virtual_functions.begin(), from.virtual_functions.end());
    made_.trivial = made_.trivial && from.trivial && !is_virtual;
    return true;
  }

  std::string base_clause() {
    std::string clause;
    const std::size_t count = known_.empty() || dice_.percent(45) ? 0 : 1 + dice_.roll(3);
    std::set<std::size_t> direct;
    for (std::size_t i = 0; i < count; ++i) {
      // Near ones, so that hierarchies grow deep; empty ones more often than they occur.
      std::size_t base = known_.size() - 1 - dice_.roll(std::min<std::size_t>(known_.size(), 12));
      if (dice_.percent(25) && !empty_.empty()) {
        base = empty_[dice_.roll(empty_.size())];
      }
      const bool is_virtual = dice_.percent(30);
      if (known_[base].is_union || direct.contains(base) || !add_base(base, is_virtual)) {
        continue;
      }
      direct.insert(base);
      clause += fmt::format("{} {}{}", clause.empty() ? " :" : ",",
                            is_virtual ? "virtual public " : "public ", name_of(base));
      add_base_name(name_of(base));
    }
    return clause;
  }

  std::string members(std::size_t count, const std::string& indent) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (!made_.is_union && indent.size() == 2 && dice_.percent(8)) {
        text += dice_.percent(50) ? " private:\n" : " public:\n";
      }
      text += indent + member(indent) + "\n";
    }
    if (count == 0 && indent.size() == 2) {
      mark_empty();
    }
    return text;
  }

  void mark_empty() {
    if (made_.subobjects.empty() && !made_.is_union) {
      empty_.push_back(classes_.size());
    }
  }

  std::string member(const std::string& indent) {
    const std::uint64_t kind = dice_.roll(100);
    if (kind < 22) {
      return bit_field();
    }
    if (kind < 28 && indent.size() < 6) {
      const bool is_union = dice_.percent(50);
      const bool before = std::exchange(in_union_, in_union_ || is_union);
      const std::string inner = members(1 + dice_.roll(3), indent + "  ");
      in_union_ = before;
      return fmt::format("{} {{\n{}{}}};", is_union ? "union" : "struct", inner, indent);
    }
    const std::string name = fmt::format("f{}", next_field_++);
    const bool plain = options_.gcc && indent.size() > 2;
    if (kind < 31 && !made_.is_union && !in_union_ && !plain) {
      made_.trivial = false;
      return fmt::format("int& {} = some_int;", name);  // its own address cannot be taken
    }
    current_.fields.push_back(name);
    std::string before;
    std::string type = dice_.pick(scalars);
    if (kind < 52 && !known_.empty() && !plain) {
      type = record_type(before);
    }
    if (dice_.percent(6)) {
      before += fmt::format("__attribute__((aligned({}))) ", dice_.pick(alignments));
    }
    const bool packed = dice_.percent(5);
    const std::uint64_t bound = before.empty() && dice_.percent(15) ? 1 + dice_.roll(4) : 0;
    std::string after = bound != 0 ? fmt::format("[{}]", bound) : "";
    after += packed ? " __attribute__((packed))" : "";
    if (!made_.is_union && !in_union_ && bound == 0 && type == "int" && dice_.percent(20)) {
      after += " = 7";
      made_.trivial = false;
    }
    return before + type + " " + name + after + ";";
  }

  /// An earlier class; sets [[no_unique_address]] now and then.
  std::string record_type(std::string& before) {
    std::size_t index = known_.size() - 1 - dice_.roll(std::min<std::size_t>(known_.size(), 20));
    if (dice_.percent(30) && !empty_.empty()) {
      index = empty_[dice_.roll(empty_.size())];
    }
    const Made& chosen = known_[index];
    if ((made_.is_union || in_union_) && !chosen.trivial) {
      return "short";
    }
    made_.trivial = made_.trivial && chosen.trivial;
    if (!made_.is_union && !in_union_ && !chosen.is_union && dice_.percent(25)) {
      before += options_.microsoft ? "[[msvc::no_unique_address]] " : "[[no_unique_address]] ";
    }
    return name_of(index);
  }

  std::string bit_field() {
    const auto& [type, bits] = dice_.pick(bit_types);
    const std::uint64_t kind = dice_.roll(10);
    if (kind == 0) {
      return fmt::format("{} : 0;", type);
    }
    const std::uint64_t width = 1 + dice_.roll(bits);
    if (kind == 1) {
      return fmt::format("{} : {};", type, width);
    }
    const std::string name = fmt::format("b{}", next_field_++);
    current_.bit_fields.push_back(name);
    const std::string after = dice_.percent(5) ? " __attribute__((packed))" : "";
    const std::string before =
        dice_.percent(4) ? fmt::format("__attribute__((aligned({}))) ", dice_.pick(alignments))
                         : "";
    return fmt::format("{}{} {} : {}{};", before, type, name, width, after);
  }

  std::string functions() {
    std::string text = " public:\n";
    const std::string& name = current_.name;
    const bool several = current_.bases.size() > 1;
    std::set<std::string> added;
    for (const std::string& function : made_.virtual_functions) {
      // Two bases may override one function of a shared base: there must be a last word.
      if (several || dice_.percent(30)) {
        text += fmt::format("  void {}() override {{}}\n", function);
      }
    }
    if (dice_.percent(20)) {
      const std::string function = "virtual_" + name;
      text += fmt::format("  virtual void {}() {{}}\n", function);
      made_.virtual_functions.insert(function);
    }
    const std::uint64_t constructor = dice_.roll(100);
    if (constructor < 20) {
      text += fmt::format("  {}() {{}}\n", name);
    } else if (constructor < 30) {
      text += fmt::format("  {}() = default;\n", name);
    } else if (constructor < 35) {
      text += fmt::format("  {}() = default;\n  template <class T> {}(T*) {{}}\n", name, name);
    }
    const std::uint64_t destructor = dice_.roll(100);
    if (destructor < 8) {
      text += fmt::format("  ~{}() {{}}\n", name);
    } else if (destructor < 14) {
      text += fmt::format("  ~{}() = default;\n", name);
    } else if (destructor < 20) {
      text += fmt::format("  virtual ~{}() {{}}\n", name);
    }
    const bool plain = constructor >= 20 && destructor >= 20 && made_.virtual_functions.empty();
    if (dice_.percent(5)) {
      text += fmt::format("  {0}& operator=(const {0}&) = default;\n", name);
    }
    made_.trivial = made_.trivial && plain && constructor >= 35;
    return text;
  }

  Dice dice_;
  std::vector<RandomClass> classes_;
  std::vector<Made> known_;
  std::vector<std::size_t> empty_;
  RandomClass current_;
  Made made_;
  unsigned next_field_ = 0;
  RandomClassOptions options_;
  bool in_union_ = false;
};

}  // namespace

std::string random_classes_prelude() {
  return "enum Tiny : unsigned char { tiny };\n"
         "enum class Wide : long long { wide };\n"
         "extern int some_int;\n";
}

std::vector<RandomClass> random_classes(std::uint64_t seed, std::size_t count,
                                        const RandomClassOptions& options) {
  return Generator(seed, options).run(count);
}

std::string layout_program(const std::vector<RandomClass>& classes) {
  std::string text =
      "#include <cstdio>\n#include <cstring>\n#include <new>\n" + random_classes_prelude() +
      "int some_int;\n"
      "static void report(const char* what, const unsigned char* low, const unsigned char* high, "
      "unsigned long size) {\n"
      "  unsigned long first = 0, count = 0;\n"
      "  for (unsigned long i = 0; i < size * 8; ++i)\n"
      "    if (((low[i / 8] ^ high[i / 8]) >> (i % 8)) & 1) { if (count++ == 0) first = i; }\n"
      "  std::printf(\"%s bits %lu %lu\\n\", what, first, count);\n"
      "}\n"
      "alignas(4096) static unsigned char space[1 << 20], low[1 << 20], high[1 << 20];\n";
  std::string main = "int main() {\n";
  for (const RandomClass& one : classes) {
    text += one.source;
    const std::string& name = one.name;
    text +=
        fmt::format("static void show_{}() {{\n  std::memset(space, 0, sizeof({}));\n", name, name);
    text += one.needs_object ? fmt::format("  {0}* p = new (space) {0};\n", name)
                             : fmt::format("  {0}* p = reinterpret_cast<{0}*>(space);\n", name);
    text += fmt::format(
        "  std::printf(\"{0} size %lu\\n{0} align %lu\\n\", (unsigned long)sizeof({0}), "
        "(unsigned long)alignof({0}));\n",
        name);
    const std::string line =
        "  std::printf(\"{} offset %ld\\n\", (long)((const volatile char*){} - (const volatile "
        "char*)p));\n";
    for (const std::string& field : one.fields) {
      text += fmt::format(fmt::runtime(line), name + "." + field, "&p->" + field);
    }
    for (const std::string& base : one.ambiguous ? std::vector<std::string>() : one.bases) {
      text += fmt::format(fmt::runtime(line), name + ":" + base,
                          fmt::format("static_cast<{}*>(p)", base));
    }
    for (const std::string& field : one.bit_fields) {
      text += fmt::format(
          "  p->{0} = 0; std::memcpy(low, space, sizeof(*p)); p->{0} = "
          "static_cast<decltype(p->{0})>(~0ULL); std::memcpy(high, space, sizeof(*p)); "
          "report(\"{1}.{0}\", low, high, sizeof(*p));\n",
          field, name);
    }
    text += "}\n";
    main += fmt::format("  show_{}();\n", name);
  }
  return text + main + "}\n";
}

}  // namespace snug::test
