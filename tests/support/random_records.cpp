#include "support/random_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>

namespace snug::test {

namespace {

struct Builtin {
  const char* name;
  std::uint64_t size;   ///< Bytes.
  std::uint64_t align;  ///< Bytes.
  bool integer;
};

std::vector<Builtin> builtins(const Abi& abi) {
  const std::uint64_t pointer = abi.pointer_bytes;
  const bool i386 = abi.target.starts_with("i686") && !abi.microsoft;
  const std::uint64_t wide = i386 ? 4 : 8;
  const std::uint64_t long_size = abi.microsoft ? 4 : pointer;
  return {{"char", 1, 1, true},         {"bool", 1, 1, true},
          {"short", 2, 2, true},        {"int", 4, 4, true},
          {"unsigned", 4, 4, true},     {"long", long_size, long_size, true},
          {"long long", 8, wide, true}, {"float", 4, 4, false},
          {"double", 8, wide, false},   {"void*", pointer, pointer, false}};
}

class Generator {
 public:
  Generator(std::uint32_t seed, const RandomOptions& options)
      : random_(seed), options_(options), builtins_(builtins(options.abi)) {}

  std::vector<RandomRecord> make(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) next(i);
    return std::move(records_);
  }

 private:
  struct Made {
    ClassLayout layout;
    bool pod = false;
    bool is_union = false;
    bool packed = false;
    std::uint64_t required_bits = 0;  ///< MSVC: alignment that packing does not lower.
  };

  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  [[nodiscard]] bool darwin() const {
    return options_.abi.target.find("apple") != std::string::npos;
  }

  void next(std::size_t index) {
    RandomRecord record;
    record.name = fmt::format("R{}", index);
    ClassFacts& facts = record.facts;
    facts.id = record.name;
    Made made;
    made.is_union = options_.odd && chance(6);
    made.packed = options_.odd && chance(6);
    facts.own.is_union = made.is_union;
    bool constructor = chance(50);
    const bool polymorphic = !made.is_union && options_.bases && chance(15);
    made.pod = !constructor && !polymorphic;

    std::string bases;
    if (options_.bases && !made.is_union) bases = choose_bases(facts, made);
    facts.polymorphic = facts.polymorphic || polymorphic;
    // Apple's arm64 asks for trivial standard layout instead of POD: keep derived ones out of it.
    if (darwin() && !facts.bases.empty()) constructor = true;
    std::string body;
    if (polymorphic) body += fmt::format("  virtual void f{}();\n", index);
    if (constructor) body += fmt::format("  {}();\n", record.name);
    const std::uint64_t members =
        options_.least_members + below(options_.most_members - options_.least_members + 1);
    std::uint64_t cap = 0;
    if (options_.odd && chance(6)) cap = 1ULL << below(4);
    for (std::uint64_t i = 0; i < members; ++i) body += member(i, facts, made);
    facts.own.keeps_tail = made.pod;

    std::string attributes;
    if (made.packed) attributes += " __attribute__((packed))";
    if (options_.odd && chance(6)) {
      const std::uint64_t align = 1ULL << below(6);
      attributes += fmt::format(" __attribute__((aligned({})))", align);
      facts.own.min_align_bits = 8 * align;
    }
    for (const MemberSpec& member : facts.own.members) {
      if (!member.bit_width)
        made.required_bits = std::max(made.required_bits, member.explicit_align_bits);
    }
    if (facts.own.min_align_bits > 8)
      made.required_bits = std::max(made.required_bits, facts.own.min_align_bits);
    facts.own.packed = made.packed;
    apply_packing(facts, made, cap);
    record.source = fmt::format("{} {} {}{} {{\n{}}};\n", made.is_union ? "union" : "struct",
                                attributes, record.name, bases, body);
    if (cap != 0) {
      record.source =
          fmt::format("#pragma pack(push, {})\n{}#pragma pack(pop)\n", cap, record.source);
    }
    remember(std::move(record), std::move(made));
  }

  void apply_packing(ClassFacts& facts, const Made& made, std::uint64_t cap) {
    facts.own.max_field_align_bits = 8 * cap;
    if (!made.packed || !options_.abi.microsoft) return;
    facts.own.max_field_align_bits = 8;
  }

  void remember(RandomRecord record, Made made) {
    ClassFacts& facts = record.facts;
    facts.empty = std::all_of(facts.own.members.begin(), facts.own.members.end(),
                              [](const MemberSpec& m) { return m.bit_width && *m.bit_width == 0; });
    facts.empty = facts.empty && !facts.polymorphic;
    for (const BaseFact& base : facts.bases) {
      facts.empty =
          facts.empty && !base.is_virtual && by_name_.at(base.class_id).layout.facts.empty;
    }
    if (options_.abi.microsoft) {
      made.layout.facts = facts;
      made.layout.placement = lay_out(facts.own, options_.abi);
    } else {
      made.layout = lay_out_class(facts, options_.abi, known()).value();
    }
    by_name_.emplace(record.name, std::move(made));
    records_.push_back(std::move(record));
  }

  KnownLayouts known() {
    return [this](std::string_view id) -> const ClassLayout* {
      const auto found = by_name_.find(id);
      return found == by_name_.end() ? nullptr : &found->second.layout;
    };
  }

  const RandomRecord& earlier() {
    const std::size_t usable = std::min(records_.size(), options_.usable);
    return records_[usable - 1 - below(std::min<std::size_t>(usable, 40))];
  }

  std::string choose_bases(ClassFacts& facts, Made& made) {
    std::string text;
    std::vector<std::string> used;
    const std::uint64_t wanted = chance(60) ? 0 : 1 + below(3);
    for (std::uint64_t i = 0; i < wanted && !records_.empty(); ++i) {
      const RandomRecord& base = earlier();
      const Made& base_made = by_name_.at(base.name);
      if (base_made.is_union || inherits_any(base.name, used)) continue;
      collect(base.name, used);
      const bool is_virtual = chance(30);
      facts.bases.push_back({base.name, is_virtual});
      if (base_made.layout.facts.polymorphic) facts.polymorphic = true;
      text += fmt::format("{}{}{}", text.empty() ? " : " : ", ", is_virtual ? "virtual " : "",
                          base.name);
      made.pod = false;
    }
    return text;
  }

  /// A class that is a direct base and inherited once more would be inaccessible or ambiguous;
  /// virtual bases may be shared.
  bool inherits_any(const std::string& name, const std::vector<std::string>& used) {
    std::vector<std::string> mine;
    collect(name, mine);
    return std::any_of(mine.begin(), mine.end(),
                       [&](const std::string& id) {
                         return std::find(used.begin(), used.end(), id) != used.end() &&
                                !virtual_somewhere(id);
                       }) ||
           std::find(used.begin(), used.end(), name) != used.end();
  }

  bool virtual_somewhere(const std::string& id) const {
    return std::any_of(records_.begin(), records_.end(), [&](const RandomRecord& record) {
      return std::any_of(record.facts.bases.begin(), record.facts.bases.end(),
                         [&](const BaseFact& b) { return b.class_id == id && b.is_virtual; });
    });
  }

  void collect(const std::string& name, std::vector<std::string>& out) {
    out.push_back(name);
    for (const BaseFact& base : by_name_.at(name).layout.facts.bases) collect(base.class_id, out);
  }

  std::string member(std::uint64_t index, ClassFacts& facts, Made& made) {
    MemberSpec spec;
    const std::uint64_t kind = below(100);
    const std::string name = fmt::format("m{}", index);
    std::string text;
    if (kind < 18) {
      text = bit_field(name, spec, made);
    } else if (kind < 30 && !records_.empty()) {
      text = record_member(name, spec, made);
    } else {
      const Builtin& type = builtins_[below(builtins_.size())];
      spec.size_bits = 8 * type.size;
      spec.type_align_bits = 8 * type.align;
      std::string array;
      if (chance(15)) {
        const std::uint64_t n = 1 + below(5);
        array = fmt::format("[{}]", n);
        spec.size_bits *= n;
      }
      text = fmt::format("{} {}{}", type.name, name, array);
      spec.packed = made.packed && !options_.abi.microsoft;
    }
    if (options_.odd && chance(4)) {
      text += " __attribute__((packed))";
      spec.packed = true;
    }
    if (options_.odd && chance(6) && spec.bit_width.value_or(1) != 0) {
      const std::uint64_t align = 1ULL << below(5);
      spec.explicit_align_bits = std::max(spec.explicit_align_bits, 8 * align);
      text += fmt::format(" __attribute__((aligned({})))", align);
    }
    facts.own.members.push_back(spec);
    return "  " + text + ";\n";
  }

  std::string bit_field(const std::string& name, MemberSpec& spec, const Made& made) {
    const Builtin* type = nullptr;
    do {
      type = &builtins_[below(builtins_.size())];
    } while (!type->integer);
    spec.size_bits = 8 * type->size;
    spec.type_align_bits = 8 * type->align;
    const std::uint64_t most = std::string_view(type->name) == "bool" ? 1 : spec.size_bits;
    std::uint64_t width = 1 + below(most);
    if (options_.odd && chance(8)) width = 0;
    if (options_.odd && !options_.abi.microsoft && chance(4))
      width = spec.size_bits + 1 + below(90);
    spec.bit_width = static_cast<std::uint32_t>(width);
    spec.named = width != 0 && !chance(10);
    spec.packed = made.packed && !options_.abi.microsoft;
    return fmt::format("{} {}: {}", type->name, spec.named ? name : "", width);
  }

  std::string record_member(const std::string& name, MemberSpec& spec, Made& made) {
    const RandomRecord& type = earlier();
    const Made& inner = by_name_.at(type.name);
    const Placement& placement = inner.layout.placement;
    spec.size_bits = placement.size_bits;
    spec.type_align_bits = placement.align_bits;
    spec.data_bits = std::max(placement.data_bits, placement.nonvirtual_bits);
    spec.is_empty = inner.layout.facts.empty;
    spec.empties = empties_of(inner.layout);
    std::string text = fmt::format("{} {}", type.name, name);
    spec.packed = made.packed && !options_.abi.microsoft && (inner.pod || inner.packed || darwin());
    if (options_.odd && !options_.abi.microsoft && !made.is_union && chance(40)) {
      spec.no_unique_address = true;
      text = "[[no_unique_address]] " + text;
    } else if (options_.odd && chance(20)) {
      const std::uint64_t n = 1 + below(3);
      spec.empties.clear();
      for (std::uint64_t i = 0; i < n; ++i) {
        for (const EmptyAt& empty : empties_of(inner.layout)) {
          spec.empties.push_back({empty.type_id, empty.offset_bits + i * spec.size_bits});
        }
      }
      spec.size_bits *= n;
      spec.is_empty = false;
      spec.packed = made.packed && !options_.abi.microsoft;
      text += fmt::format("[{}]", n);
    }
    if (options_.abi.microsoft) spec.explicit_align_bits = inner.required_bits;
    made.pod = made.pod && inner.pod;
    return text;
  }

  std::mt19937 random_;
  RandomOptions options_;
  std::vector<Builtin> builtins_;
  std::vector<RandomRecord> records_;
  std::map<std::string, Made, std::less<>> by_name_;
};

/// The dump gives offsets of bases in bytes and those of fields in bits.
std::vector<std::uint64_t> numbers_in_brackets(const std::string& line, std::uint64_t unit_bits) {
  std::vector<std::uint64_t> out;
  std::istringstream in(line.substr(line.find('[') + 1));
  std::uint64_t number = 0;
  while (in >> number) {
    out.push_back(number * unit_bits);
    char comma = 0;
    in >> comma;
    if (comma != ',') break;
  }
  return out;
}

std::vector<CompilerLayout> parse_dump(std::istream& in) {
  std::vector<CompilerLayout> out;
  std::string line;
  const auto number = [&](std::string_view key) {
    return std::stoull(line.substr(line.find(key) + key.size()));
  };
  while (std::getline(in, line)) {
    if (line.find("Layout: <") != std::string::npos) out.emplace_back();
    if (out.empty()) continue;
    CompilerLayout& layout = out.back();
    if (line.find("  DataSize:") != std::string::npos) {
      layout.data_size = number("DataSize:");
    } else if (line.find("  Size:") != std::string::npos) {
      layout.size = number("Size:");
    } else if (line.find("  Alignment:") != std::string::npos) {
      layout.align = number("Alignment:");
    } else if (line.find("  VBaseOffsets:") != std::string::npos) {
      layout.virtual_bases = numbers_in_brackets(line, 8);
    } else if (line.find("  BaseOffsets:") != std::string::npos) {
      layout.bases = numbers_in_brackets(line, 8);
    } else if (line.find("  FieldOffsets:") != std::string::npos) {
      layout.fields = numbers_in_brackets(line, 1);
    }
  }
  return out;
}

}  // namespace

std::vector<RandomRecord> random_records(std::uint32_t seed, std::size_t count,
                                         const RandomOptions& options) {
  return Generator(seed, options).make(count);
}

std::string with_order(const std::string& source, const std::vector<std::uint32_t>& order) {
  std::istringstream in(source);
  std::string before;
  std::string after;
  std::vector<std::string> members;
  for (std::string line; std::getline(in, line);) {
    const bool member = line.starts_with("  ") && line.find('(') == std::string::npos;
    const bool attributed =
        line.starts_with("  ") && line.find("__attribute__") != std::string::npos;
    if (member || attributed) {
      members.push_back(line + "\n");
    } else {
      (members.empty() ? before : after) += line + "\n";
    }
  }
  for (const std::uint32_t index : order) before += members.at(index);
  return before + after;
}

std::vector<CompilerLayout> compiler_layouts(const std::string& source,
                                             const std::vector<std::string>& names,
                                             const std::string& target,
                                             const std::string& scratch) {
  {
    std::ofstream out(scratch);
    out << source;
    // The dump prints a record when its layout is first asked for; asking for an array of none of
    // them in order keeps that order, and `names` that were laid out before are found by name.
    for (const std::string& name : names) out << "static_assert(sizeof(" << name << ") < ~0u);\n";
  }
  const std::string command = fmt::format(
      "clang++-22 -std=c++20 -w --target={} -Xclang -fdump-record-layouts-simple -fsyntax-only {} "
      "> {}.dump",
      target, scratch, scratch);
  if (std::system(command.c_str()) != 0) throw std::runtime_error("clang++-22 rejects " + scratch);
  std::ifstream dump(scratch + ".dump");
  std::map<std::string, CompilerLayout> by_name;
  std::ostringstream whole;
  whole << dump.rdbuf();
  const std::string text = whole.str();
  std::size_t at = 0;
  while ((at = text.find("*** Dumping AST Record Layout\nType: ", at)) != std::string::npos) {
    at += std::string_view("*** Dumping AST Record Layout\nType: ").size();
    std::string type = text.substr(at, text.find('\n', at) - at);
    if (const auto space = type.find(' '); space != std::string::npos)
      type = type.substr(space + 1);
    const std::size_t end = text.find("*** Dumping", at);
    std::istringstream part(text.substr(at, end == std::string::npos ? end : end - at));
    const auto layouts = parse_dump(part);
    if (!layouts.empty()) by_name[type] = layouts.front();
  }
  std::vector<CompilerLayout> out;
  for (const std::string& name : names) {
    if (!by_name.contains(name)) throw std::runtime_error("no layout dumped for " + name);
    out.push_back(by_name.at(name));
  }
  return out;
}

}  // namespace snug::test
