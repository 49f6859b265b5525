#include "scan/uses/uses_extents.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "known/known.hpp"

namespace snug::uses {

namespace {

bool is_count_type(CXType type) {
  type = clang_getCanonicalType(type);
  return is_scalar_number(type) && type.kind != CXType_Bool && type.kind != CXType_Enum &&
         type.kind < CXType_Float;
}

CXCursor argument_at(CXCursor call, std::size_t index) {
  return clang_Cursor_getArgument(call, static_cast<unsigned>(index));
}

std::size_t arguments_given(CXCursor call) {
  return static_cast<std::size_t>(std::max(clang_Cursor_getNumArguments(call), 0));
}

bool points(CXCursor expression) {
  const CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(expression)).kind;
  return kind == CXType_Pointer || kind == CXType_ConstantArray;
}

template <std::size_t N>
bool is_listed(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<std::int64_t> value_of(CXCursor expression) {
  const CXEvalResult result = clang_Cursor_Evaluate(expression);
  if (result == nullptr) {
    return std::nullopt;
  }
  std::optional<std::int64_t> value;
  if (clang_EvalResult_getKind(result) == CXEval_Int) {
    value = clang_EvalResult_getAsLongLong(result);
  }
  clang_EvalResult_dispose(result);
  return value;
}

bool is_made_of_offsets(CXCursor expression) {
  expression = strip_casts(expression);
  switch (clang_getCursorKind(expression)) {
    case CXCursor_BinaryOperator: {
      const std::vector<CXCursor> sides = children_of(expression);
      return std::any_of(sides.begin(), sides.end(), is_made_of_offsets);
    }
    case CXCursor_DeclRefExpr: {
      const CXCursor variable = clang_getCursorReferenced(expression);
      if (clang_getCursorKind(variable) != CXCursor_VarDecl) {
        return false;
      }
      const CXCursor value = clang_Cursor_getVarDeclInitializer(variable);
      return !clang::is_null(value) && contains_offsetof(value);
    }
    default:
      return contains_offsetof(expression);
  }
}

bool is_address(CXCursor expression) {
  expression = strip_casts(expression);
  const CXCursorKind kind = clang_getCursorKind(expression);
  return (kind == CXCursor_UnaryOperator &&
          clang_getCursorUnaryOperatorKind(expression) == CXUnaryOperator_AddrOf) ||
         (kind == CXCursor_MemberRefExpr &&
          clang_getCanonicalType(clang_getCursorType(expression)).kind == CXType_ConstantArray);
}

bool is_distance(CXCursor expression) {
  expression = strip_casts(expression);
  if (clang_getCursorKind(expression) != CXCursor_BinaryOperator ||
      clang_getCursorBinaryOperatorKind(expression) != CXBinaryOperator_Sub) {
    return false;
  }
  const std::vector<CXCursor> sides = children_of(expression);
  return std::all_of(sides.begin(), sides.end(),
                     [](CXCursor side) { return points(side) || is_address(side); });
}

bool points_behind(CXCursor pointer) {
  pointer = strip_casts(pointer);
  if (clang_getCursorKind(pointer) == CXCursor_UnaryOperator &&
      clang_getCursorUnaryOperatorKind(pointer) == CXUnaryOperator_AddrOf) {
    pointer = strip_implicit(operand_of(pointer));
    if (clang_getCursorKind(pointer) != CXCursor_ArraySubscriptExpr) {
      return false;
    }
  } else if (clang_getCursorKind(pointer) != CXCursor_BinaryOperator ||
             clang_getCursorBinaryOperatorKind(pointer) != CXBinaryOperator_Add) {
    return false;
  }
  const std::vector<CXCursor> parts = children_of(pointer);
  if (parts.size() != 2 ||
      clang_getCanonicalType(clang_getCursorType(strip_implicit(parts[0]))).kind !=
          CXType_Pointer) {
    return false;
  }
  const auto steps = value_of(parts[1]);
  return steps && *steps > 0;
}

std::optional<std::int64_t> bound_of_index(CXCursor index, Ancestors above) {
  index = strip_casts(index);
  if (clang_getCursorKind(index) != CXCursor_DeclRefExpr) {
    return std::nullopt;
  }
  const CXCursor variable = clang_getCursorReferenced(index);
  for (auto loop = above.rbegin(); loop != above.rend(); ++loop) {
    if (clang_getCursorKind(*loop) != CXCursor_ForStmt) {
      continue;
    }
    for (const CXCursor part : children_of(*loop)) {
      if (clang_getCursorKind(part) != CXCursor_BinaryOperator) {
        continue;
      }
      const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(part);
      const std::vector<CXCursor> sides = children_of(part);
      const bool below = kind == CXBinaryOperator_LT || kind == CXBinaryOperator_NE;
      if (sides.size() != 2 || (!below && kind != CXBinaryOperator_LE) ||
          clang_equalCursors(clang_getCursorReferenced(strip_casts(sides[0])), variable) == 0) {
        continue;
      }
      if (const auto bound = value_of(sides[1])) {
        return below ? *bound : *bound + 1;
      }
    }
  }
  return std::nullopt;
}

CXCursor other_side(CXCursor binary, CXCursor side) {
  for (const CXCursor child : children_of(binary)) {
    if (!same_node(child, side)) {
      return child;
    }
  }
  return clang_getNullCursor();
}

CXCursor consumer_above(Ancestors above) {
  const std::size_t left = skip_conversions_up(above);
  return left == 0 ? clang_getNullCursor() : above[left - 1];
}

CXCursor function_around(Ancestors above) {
  const auto found = std::find_if(above.begin(), above.end(), [](CXCursor cursor) {
    return clang::is_function_or_template(clang_getCursorKind(cursor));
  });
  return found == above.end() ? clang_getNullCursor() : *found;
}

void each_mention(CXCursor scope, CXCursor variable,
                  const std::function<void(CXCursor, Ancestors)>& see) {
  std::vector<CXCursor> above{scope};
  const auto look = [&](auto&& self, CXCursor cursor) -> void {
    for (const CXCursor child : children_of(cursor)) {
      if (clang_getCursorKind(child) == CXCursor_DeclRefExpr &&
          clang_equalCursors(clang_getCursorReferenced(child), variable) != 0) {
        see(child, Ancestors(above));
      }
      above.push_back(child);
      self(self, child);
      above.pop_back();
    }
  };
  if (!clang::is_null(scope)) {
    look(look, scope);
  }
}

std::optional<std::size_t> argument_index(CXCursor call, CXCursor argument) {
  const int count = clang_Cursor_getNumArguments(call);
  for (int i = 0; i < count; ++i) {
    if (same_node(clang_Cursor_getArgument(call, static_cast<unsigned>(i)), argument)) {
      return static_cast<std::size_t>(i);
    }
  }
  return std::nullopt;
}

bool is_count_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '_') {
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  static constexpr std::array<std::string_view, 5> kWhole{"n", "k", "dim", "nb", "nr"};
  static constexpr std::array<std::string_view, 10> kParts{
      "len", "size", "bytes", "count", "num", "sz", "cnt", "elem", "memb", "capacity"};
  return is_listed(plain, kWhole) ||
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return plain.find(part) != std::string::npos; });
}

std::optional<CXCursor> count_beside(CXCursor call, std::size_t index) {
  const CXCursor function = clang_getCursorReferenced(call);
  if (clang::is_null(function)) {
    return std::nullopt;
  }
  const CXType type = clang_getCursorType(function);
  const auto parameters = static_cast<std::size_t>(std::max(clang_getNumArgTypes(type), 0));
  const auto is_count = [&](std::size_t at, bool unnamed_too) {
    if (at >= parameters || at >= arguments_given(call) ||
        !is_count_type(clang_getArgType(type, static_cast<unsigned>(at)))) {
      return false;
    }
    const std::string name = spelling(argument_at(function, at));
    return name.empty() ? unnamed_too : is_count_name(name);
  };
  if (is_count(index + 1, true)) {
    return argument_at(call, index + 1);
  }
  if (index > 0 && is_count(index - 1, false)) {
    return argument_at(call, index - 1);
  }
  return std::nullopt;
}

bool is_range_algorithm(CXCursor function, std::string_view name) {
  if (!effects_of_name(name).has(Effect::RunsOver)) {
    return false;
  }
  for (CXCursor scope = clang_getCursorSemanticParent(function); !clang::is_null(scope);
       scope = clang_getCursorSemanticParent(scope)) {
    if (clang_getCursorKind(scope) == CXCursor_Namespace && spelling(scope) == "std") {
      return true;
    }
    if (clang_isDeclaration(clang_getCursorKind(scope)) == 0) {
      return false;
    }
  }
  return false;
}

std::optional<SizeArgument> size_argument(CXCursor call, std::size_t pointer,
                                          std::string_view name) {
  const std::size_t count = arguments_given(call);
  const CXCursor none = clang_getNullCursor();
  if (name.find("fread") != std::string_view::npos ||
      name.find("fwrite") != std::string_view::npos) {
    return count < 3 ? std::nullopt
                     : std::optional(SizeArgument{argument_at(call, 2), argument_at(call, 1)});
  }
  const bool memory = call_kind(name) == CallKind::Memory;
  const bool sets = name.find("set") != std::string_view::npos;
  std::optional<SizeArgument> found;
  for (std::size_t i = pointer + 1; i < count; ++i) {
    if (points(argument_at(call, i)) || !is_count_type(clang_getCursorType(argument_at(call, i))) ||
        (sets && i == pointer + 1 && count > 2)) {
      continue;
    }
    found = SizeArgument{argument_at(call, i), none};
    if (!memory) {
      break;
    }
    if (name.find("_chk") != std::string_view::npos && i + 2 == count) {
      break;  // the last argument is the size of the target
    }
  }
  return found;
}

}  // namespace snug::uses
