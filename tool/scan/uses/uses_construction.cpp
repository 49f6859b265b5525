// Calls that build an aggregate out of their arguments: emplace_back, make_unique, std::in_place
// ...
//
// The library that does it is no code of the project, so it is told from the call.
#include <algorithm>
#include <string_view>

#include "known/known.hpp"
#include "scan/uses/uses_context.hpp"

namespace snug::uses {

namespace {

constexpr std::string_view passed_on = "its arguments pass through code that was not read";

/// The template arguments that are types, of a function or of a class.
std::vector<CXType> type_arguments(CXCursor function) {
  std::vector<CXType> types;
  const int count = clang_Cursor_getNumTemplateArguments(function);
  for (int i = 0; i < count; ++i) {
    if (clang_Cursor_getTemplateArgumentKind(function, static_cast<unsigned>(i)) ==
        CXTemplateArgumentKind_Type) {
      types.push_back(clang_Cursor_getTemplateArgumentType(function, static_cast<unsigned>(i)));
    }
  }
  return types;
}

std::vector<CXType> type_arguments(CXType record) {
  std::vector<CXType> types;
  const int count = clang_Type_getNumTemplateArguments(record);
  for (int i = 0; i < count; ++i) {
    const CXType type = clang_Type_getTemplateArgumentAsType(record, static_cast<unsigned>(i));
    if (type.kind != CXType_Invalid) {
      types.push_back(type);
    }
  }
  return types;
}

/// What a call builds out of which of its arguments.
class Construction {
 public:
  Construction(Context& context, CXCursor call, Ancestors ancestors)
      : context_(context), call_(call), ancestors_(ancestors) {
    const int count = clang_Cursor_getNumArguments(call);
    for (int i = 0; i < count; ++i) {
      arguments_.push_back(clang_Cursor_getArgument(call, static_cast<unsigned>(i)));
    }
  }

  void by_name(const std::string& name, std::size_t leading) {
    const CXCursor function = clang_getCursorReferenced(call_);
    const CXType owner = clang_getCursorType(clang_getCursorSemanticParent(function));
    const std::string owner_name = spelling(clang_getTypeDeclaration(owner));
    if (owner_name == "allocator_traits") {
      leading = 2;
    }
    const TypeMatch known = context_.sources().known().type(owner_name);
    if (known.is(TypeRole::MapLike) && (name == "emplace" || name == "emplace_hint")) {
      add_pair(type_arguments(owner), leading);
      return;
    }
    if (arguments_.size() > leading && name == "emplace" && is_position(arguments_[leading])) {
      ++leading;
    }
    const std::vector<CXType> own = type_arguments(function);
    const bool names_type =
        name.starts_with("make_") || name.starts_with("allocate_") || known.is(TypeRole::NamesOne);
    if (names_type) {
      if (!own.empty()) {
        add(own.front(), leading);
      } else {
        for (const CXType type : type_arguments(owner)) {  // variant.emplace<0>(...)
          add(type, leading);
        }
      }
    } else if (name.starts_with("construct") || name.starts_with("uninitialized")) {
      add_pointee(leading);
    } else {
      for (const CXType type : type_arguments(owner)) {
        add(type, leading);
      }
    }
  }

  /// optional<T>(std::in_place, ...), variant<A, B>(std::in_place_type<A>, ...).
  void in_place() {
    if (arguments_.size() < 2) {
      return;
    }
    const CXType tag = clang_getCanonicalType(clang_getCursorType(arguments_.front()));
    if (tag.kind != CXType_Record ||
        !spelling(clang_getTypeDeclaration(tag)).starts_with("in_place")) {
      return;
    }
    std::vector<CXType> types = type_arguments(tag);
    if (types.empty()) {
      types = type_arguments(clang_getCursorType(call_));
    }
    for (const CXType type : types) {
      add(type, 1);
    }
  }

 private:
  void add(CXType type, std::size_t leading) {
    if (clang_getCanonicalType(type).kind != CXType_Record) {
      return;
    }
    const RecordFacts* record = context_.record(type);
    if (record == nullptr || !record->counts || !record->aggregate || record->is_union ||
        arguments_.size() <= leading) {
      return;
    }
    const std::size_t given = arguments_.size() - leading;
    if (given == 1 && is_record(arguments_.back(), *record)) {
      return;  // copied or moved
    }
    if (callee_name(call_) == "make_from_tuple") {  // how many parts the tuple has is not asked
      context_.add(*record, call_, ancestors_,
                   {.kind = UseKind::EmplaceAggregate, .obstacle = std::string(passed_on)});
      return;
    }
    const std::vector<std::string> all = record->field_names();
    const std::size_t bases = std::min(record->bases.size(), given);
    const std::size_t filled = std::min(all.size(), given - bases);
    context_.add(*record, call_, ancestors_,
                 {.kind = UseKind::EmplaceAggregate,
                  .fields = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(filled)},
                  .obstacle = std::string(passed_on)});
  }

  /// map.emplace(key, value) builds a pair: only tuples of arguments and values of another type
  /// get to the fields.
  void add_pair(const std::vector<CXType>& types, std::size_t leading) {
    if (types.size() < 2 || arguments_.size() <= leading + 1) {
      return;
    }
    const std::size_t key = arguments_.size() - 2;
    const bool piecewise = arguments_.size() == leading + 3;
    for (std::size_t i = 0; i < 2; ++i) {
      const RecordFacts* record = context_.record(types[i]);
      if (record == nullptr || !record->aggregate ||
          clang_getCanonicalType(types[i]).kind != CXType_Record) {
        continue;
      }
      const RecordFacts* value = context_.record(clang_getCursorType(arguments_[key + i]));
      if (piecewise) {
        const std::size_t parts = value == nullptr ? 0 : tuple_parts(*value, *record);
        if (parts > 0) {
          context_.add(*record, call_, ancestors_,
                       {.kind = UseKind::EmplaceAggregate, .obstacle = std::string(passed_on)});
        }
      } else if (value == nullptr) {
        context_.add(*record, call_, ancestors_,
                     {.kind = UseKind::EmplaceAggregate, .obstacle = std::string(passed_on)});
      }
    }
  }

  /// Elements of a tuple that are passed to the record, 0 if it is only copied.
  std::size_t tuple_parts(const RecordFacts& tuple, const RecordFacts& record) {
    const int parts = clang_Type_getNumTemplateArguments(tuple.type);
    if (parts == 1) {
      const RecordFacts* only =
          context_.record(clang_Type_getTemplateArgumentAsType(tuple.type, 0));
      return only != nullptr && context_.same_or_derived(*only, record) ? 0 : 1;
    }
    return parts > 0 ? static_cast<std::size_t>(parts) : 0;
  }

  void add_pointee(std::size_t leading) {
    if (arguments_.size() < leading || leading == 0) {
      return;
    }
    const CXType pointer = clang_getCanonicalType(clang_getCursorType(arguments_[leading - 1]));
    if (pointer.kind == CXType_Pointer) {
      add(clang_getPointeeType(pointer), leading);
    }
  }

  bool is_record(CXCursor argument, const RecordFacts& record) {
    const RecordFacts* value = context_.record(clang_getCursorType(argument));
    return value != nullptr && context_.same_or_derived(*value, record);
  }

  /// vector.emplace(position, ...): the iterator is not passed on.
  static bool is_position(CXCursor argument) {
    const std::string type = clang::to_string(clang_getTypeSpelling(clang_getCursorType(argument)));
    return type.find("iterator") != std::string::npos;
  }

  Context& context_;
  CXCursor call_;
  Ancestors ancestors_;
  std::vector<CXCursor> arguments_;
};

}  // namespace

void see_construction(Context& context, CXCursor call, const std::string& name,
                      Ancestors ancestors) {
  const KnownFunction* builder = context.sources().known().builder(name);
  if (builder != nullptr) {
    Construction(context, call, ancestors).by_name(name, static_cast<std::size_t>(builder->object));
  } else if (clang_Cursor_getNumArguments(call) > 1 &&
             clang_getCursorKind(clang_getCursorReferenced(call)) == CXCursor_Constructor) {
    Construction(context, call, ancestors).in_place();
  }
}

}  // namespace snug::uses
