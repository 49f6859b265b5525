// One list of members serves both directions. The structured bindings name all of them, so that a
// member that is added does not compile until it stands here too.
#include "model/finding_form.hpp"

#include <optional>
#include <type_traits>

#include "base/error.hpp"

namespace snug {
namespace {

template <class Form, class Value>
void members_of(Form& form, Value& value) {
  using Type = std::remove_const_t<Value>;
  if constexpr (std::is_same_v<Type, SourceRange>) {
    auto& [file, line, column, end_line, end_column, begin, end] = value;
    form(file, line, column, end_line, end_column, begin, end);
  } else if constexpr (std::is_same_v<Type, TextEdit>) {
    auto& [file, begin, end, text] = value;
    form(file, begin, end, text);
  } else if constexpr (std::is_same_v<Type, Evidence>) {
    auto& [kind, message, where] = value;
    form(kind, message, where);
  } else if constexpr (std::is_same_v<Type, SizeChange>) {
    auto& [id, name, before, after] = value;
    form(id, name, before, after);
  } else if constexpr (std::is_same_v<Type, Accesses>) {
    auto& [reads, writes] = value;
    form(reads, writes);
  } else if constexpr (std::is_same_v<Type, Promise>) {
    auto& [sizes, order, units] = value;
    form(sizes, order, units);
  } else if constexpr (std::is_same_v<Type, Proof>) {
    auto& [verified, proven, users, before, after, knock_on] = value;
    form(verified, proven, users, before, after, knock_on);
  } else if constexpr (std::is_same_v<Type, FindingWords>) {
    auto& [message, bytes, instances, evidence] = value;
    form(message, bytes, instances, evidence);
  } else if constexpr (std::is_same_v<Type, SuggestedFix>) {
    auto& [title, safety, reasons, edits, by_hand, promise, proof, words] = value;
    form(title, safety, reasons, edits, by_hand, promise, proof, words);
  } else {
    static_assert(std::is_same_v<Type, Finding>);
    auto& [check, level, few, state, needs_proof, where, message, record, subject, fields, observed,
           bytes, lines, instances, evidence, fixes] = value;
    form(check, level, few, state, needs_proof, where, message, record, subject, fields, observed,
         bytes, lines, instances, evidence, fixes);
  }
}

/// The last value of an enum.
constexpr Level last_of(Level) {
  return Level::Warning;
}
constexpr FindingState last_of(FindingState) {
  return FindingState::Known;
}
constexpr Safety last_of(Safety) {
  return Safety::Refused;
}

class FindingWriter {
 public:
  explicit FindingWriter(Packer& to) : to_(to) {}

  template <class... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }

 private:
  void put(const std::string& text) { to_.text(text); }

  template <class Value>
  void put(const std::vector<Value>& values) {
    to_.number(values.size());
    for (const Value& value : values) put(value);
  }

  template <class Value>
  void put(const std::optional<Value>& value) {
    to_.number(value ? 1 : 0);
    if (value) put(*value);
  }

  template <class Value>
  void put(const Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_integral_v<Value>) {
      to_.number(static_cast<std::uint64_t>(value));
    } else {
      members_of(*this, value);
    }
  }

  Packer& to_;
};

class FindingReader {
 public:
  explicit FindingReader(Unpacker& from) : from_(from) {}

  template <class... Values>
  void operator()(Values&... values) {
    (take(values), ...);
  }

 private:
  void take(std::string& text) { text = from_.text(); }

  template <class Value>
  void take(std::vector<Value>& values) {
    for (std::uint64_t count = from_.number(); count != 0; --count) take(values.emplace_back());
  }

  template <class Value>
  void take(std::optional<Value>& value) {
    if (from_.number() != 0) take(value.emplace());
  }

  template <class Value>
  void take(Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      const std::uint64_t number = from_.number();
      if (number > static_cast<std::uint64_t>(last_of(Value{}))) throw Error("no such value");
      value = static_cast<Value>(number);
    } else if constexpr (std::is_integral_v<Value>) {
      value = static_cast<Value>(from_.number());
    } else {
      members_of(*this, value);
    }
  }

  Unpacker& from_;
};

}  // namespace

void pack(Packer& to, const std::vector<Finding>& findings) {
  FindingWriter writer(to);
  writer(findings);
}

void pack(Packer& to, const std::vector<TextEdit>& edits) {
  FindingWriter writer(to);
  writer(edits);
}

void unpack(Unpacker& from, std::vector<Finding>& findings) {
  FindingReader reader(from);
  reader(findings);
}

void unpack(Unpacker& from, std::vector<TextEdit>& edits) {
  FindingReader reader(from);
  reader(edits);
}

}  // namespace snug
