#include "analysis/reorder/hazard_text.hpp"

#include <fmt/core.h>

#include <vector>

namespace snug {

namespace {

std::string quoted(const std::vector<std::string>& names, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < names.size(); ++i) {
    if (names[i].empty()) {
      continue;
    }
    text += text.empty() ? "" : i + 1 == names.size() ? " and " : ", ";
    text += "'" + names[i] + "'";
  }
  return text;
}

/// What happens at the place, as a clause without a subject's name.
std::string clause(const Use& use, const std::string& name) {
  const std::string fields = quoted(use.fields, 0);
  switch (use.kind) {
    case UseKind::PositionalInit:
      return fmt::format("'{}' is initialised by position; the values need the new order", name);
    case UseKind::ParenInit:
      return fmt::format(
          "'{}' is initialised by position in parentheses; the values need the new "
          "order",
          name);
    case UseKind::EmplaceAggregate:
      return fmt::format("'{}' is built from arguments by position; they need the new order", name);
    case UseKind::StructuredBinding:
      return fmt::format(
          "a structured binding names the fields of '{}' by position; it needs the "
          "new order",
          name);
    case UseKind::DesignatedInit:
      return fmt::format("the designators of {} need the new order", fields);
    case UseKind::InitReadsMember:
      if (use.detail.starts_with("runs ")) {
        return fmt::format("{} are initialised and copied in the order of their declarations",
                           fields);
      }
      return use.fields.size() > 1
                 ? fmt::format("the initialiser of '{}' depends on {}", use.fields.front(),
                               quoted(use.fields, 1))
                 : fmt::format("the initialiser of {} may depend on any field", fields);
    case UseKind::DestructionOrder:
      if (use.detail.starts_with("runs ")) {
        return fmt::format("{} are destroyed in the reverse order of their declarations", fields);
      }
      return use.fields.size() > 1
                 ? fmt::format("'{}' can still use {} when it is destroyed", use.fields.front(),
                               quoted(use.fields, 1))
                 : fmt::format("{} can still use any other field when it is destroyed", fields);
    case UseKind::OffsetOf:
      return fmt::format("an offset in '{}' is used for more than reaching its field", name);
    case UseKind::AssertedOffset:
      return fmt::format("the offset of {} in '{}' is pinned", fields, name);
    case UseKind::SizeArithmetic:
      return use.fields.empty()
                 ? fmt::format("the size of '{}' enters a computation", name)
                 : fmt::format("memory behind '{}' belongs to its last field {}", name, fields);
    case UseKind::AssertedSize:
      return fmt::format("the size of '{}' is pinned", name);
    case UseKind::MemoryCopy:
      return fmt::format("the bytes of '{}' are copied or compared", name);
    case UseKind::BytesIo:
      return fmt::format("'{}' enters or leaves the program as raw bytes", name);
    case UseKind::ByteCast:
      return fmt::format("'{}' is accessed as another type", name);
    case UseKind::UnionMember:
      return fmt::format("'{}' shares its bytes with other members of a union", name);
    case UseKind::ExternC:
      return fmt::format("'{}' is part of a C interface", name);
    case UseKind::Exported:
      return fmt::format("'{}' is part of what a library exports", name);
    case UseKind::DefaultedComparison:
      return fmt::format("a defaulted comparison of '{}' compares the fields in their order", name);
    case UseKind::FirstMember:
      return fmt::format("a pointer to '{}' is exchanged with one to its first field", name);
    case UseKind::FieldRun:
      return use.fields.size() > 1
                 ? fmt::format("the fields {} of '{}' are used as one range", fields, name)
                 : fmt::format("a pointer to {} of '{}' goes on to the fields behind it", fields,
                               name);
    case UseKind::FieldBorder:
      return fmt::format("a range of fields of '{}' begins or ends at {}", name, fields);
    case UseKind::CommonPrefix:
      return fmt::format("'{}' is used as a type that begins with the same fields, {}", name,
                         fields);
    case UseKind::Uncompiled:
      return use.function.empty()
                 ? fmt::format("'{}' is used by position in code that was not compiled", use.detail)
                 : fmt::format("'{}' is used by position, and the text of a macro is not edited",
                               use.detail);
    case UseKind::OtherDefinition:
      return fmt::format(
          "code that was not compiled gives '{}' another meaning; the lists that need the new "
          "order "
          "fill that too",
          use.detail);
    case UseKind::Symbol:
    case UseKind::Untyped:
    case UseKind::HeapChoice:
      break;  // told by what they are joined to
  }
  return {};
}

}  // namespace

std::string hazard_sentence(const Use& use, const std::string& name) {
  std::string text = use.function.empty() ? "" : "in '" + use.function + "', ";
  text += clause(use, name);
  if (!use.detail.empty() && use.kind != UseKind::Uncompiled &&
      use.kind != UseKind::OtherDefinition) {
    text += " (it " + use.detail + ")";
  }
  return text;
}

}  // namespace snug
