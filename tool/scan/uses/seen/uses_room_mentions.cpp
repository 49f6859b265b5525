// What the code does with memory that is as large as a record (uses_rooms.cpp). The project's code
// is walked again. What is declared by an alias of such memory is memory too, until there is
// nothing new. Each mention has to be one that knows no size: an element, the address of the bytes,
// placement, a copy of all. Any other lets the size be seen.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scan/uses/seen/uses_rooms.hpp"
#include "scan/uses/uses_effects.hpp"
#include "scan/uses/uses_extents.hpp"
#include "scan/uses/uses_size_values.hpp"

namespace snug::uses {

namespace {

bool points_to_bytes(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind != CXType_Pointer) return false;
  const CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
  return pointee.kind == CXType_Void || is_scalar_number(pointee);
}

/// Where a mention of memory leads: past conversions, elements and addresses.
struct Taker {
  CXCursor inner;
  std::size_t left = 0;  ///< How many ancestors are left.
  bool lost = false;     ///< The size is not known any more.
  bool cast = false;     ///< By a cast.
};

Taker taker_of(CXCursor mention, Ancestors above) {
  Taker taker{.inner = mention, .left = above.size()};
  for (; taker.left > 0; --taker.left) {
    const CXCursor outer = above[taker.left - 1];
    const CXCursorKind kind = clang_getCursorKind(outer);
    const bool subscript =
        kind == CXCursor_ArraySubscriptExpr &&
        same_node(strip_implicit(children_of(outer).front()), strip_implicit(taker.inner));
    if (!is_implicit(kind) && kind != CXCursor_UnaryOperator && !is_cast(kind) && !subscript) break;
    taker.inner = outer;
    taker.cast = is_cast(kind);
    const CXType type = clang_getCursorType(outer);
    taker.lost = points_to_bytes(type) || (subscript && is_scalar_number(type)) ||
                 (taker.cast && clang_getCanonicalType(type).kind == CXType_Pointer);
    if (taker.lost) {
      --taker.left;
      break;
    }
  }
  return taker;
}

class RoomWalker {
 public:
  explicit RoomWalker(Context& context) : context_(context) {}

  /// True if memory was found that was not known.
  bool run() {
    fresh_ = false;
    for (const CXCursor part :
         children_of(clang_getTranslationUnitCursor(context_.sources().unit()))) {
      if (!context_.sources().in_project(clang_getCursorLocation(part))) continue;
      see(part);
      above_.push_back(part);
      walk(part);
      above_.pop_back();
    }
    return fresh_;
  }

 private:
  void walk(CXCursor cursor) {
    for (const CXCursor child : children_of(cursor)) {
      see(child);
      above_.push_back(child);
      walk(child);
      above_.pop_back();
    }
  }

  void see(CXCursor cursor) {
    switch (clang_getCursorKind(cursor)) {
      case CXCursor_DeclRefExpr:
      case CXCursor_MemberRefExpr: {
        const Room* room = room_of(context_, clang_getCursorReferenced(cursor));
        if (room != nullptr && !room->seen && is_noticed(cursor))
          tell_size_seen(context_, *room, cursor, above_);
        break;
      }
      case CXCursor_TypeRef:
      case CXCursor_TemplateRef: {
        const CXCursor target = clang_getCursorReferenced(cursor);
        if (clang::is_null(target) || above_.empty()) break;
        const Room* const room = room_of(context_, target);
        if (room != nullptr && !room->seen) see_named(*room, cursor);
        if (context_.room_templates().contains(spelling(target))) see_holder(cursor);
        break;
      }
      default:
        break;
    }
  }

  /// The records that stand behind the name of a template in the same declaration.
  std::vector<const RecordFacts*> records_given(CXCursor name) {
    std::vector<const RecordFacts*> found;
    bool behind = false;
    for (const CXCursor part : children_of(above_.back())) {
      if (same_node(part, name)) behind = true;
      if (!behind || clang_getCursorKind(part) != CXCursor_TypeRef) continue;
      const RecordFacts* record = context_.record(clang_getCursorType(part));
      if (record != nullptr && record->counts) found.push_back(record);
    }
    return found;
  }

  /// `Slot<T> slot` where a field of Slot is as large as its argument.
  void see_holder(CXCursor name) {
    CXType type = inner_type(above_.back()).type;
    if (type.kind == CXType_Pointer) type = clang_getPointeeType(type);
    const RecordFacts* holder = context_.record(type);
    if (holder == nullptr) return;
    for (const RecordFacts* record : records_given(name)) {
      add_holder_by_size(context_, *record, *holder, name);
    }
  }

  /// The name of an alias of memory.
  void see_named(const Room& alias, CXCursor name) {
    const CXCursor outer = above_.back();
    Room room{outer, alias.records};
    if (clang_getCursorKind(name) == CXCursor_TemplateRef) room.records = records_given(name);
    if (!alias.templates.empty() && room.records.empty()) room.templates = templates_around(above_);
    const Ancestors above = Ancestors(above_).first(above_.size() - 1);
    switch (clang_getCursorKind(outer)) {
      case CXCursor_VarDecl:
      case CXCursor_FieldDecl:
      case CXCursor_ParmDecl:
        if (clang_getCanonicalType(clang_getCursorType(outer)).kind == CXType_Pointer) return;
        [[fallthrough]];
      case CXCursor_TypedefDecl:
      case CXCursor_TypeAliasDecl:
        fresh_ |= add_room(context_, std::move(room), above);
        return;
      case CXCursor_UnaryExpr:
        if (is_size_seen(outer, above)) tell_size_seen(context_, room, outer, above);
        return;
      case CXCursor_CXXNewExpr:
        return;
      case CXCursor_FunctionDecl:
      case CXCursor_CXXMethod:
        if (clang_getCanonicalType(clang_getCursorResultType(outer)).kind == CXType_Pointer) return;
        [[fallthrough]];
      default:
        if (is_cast(clang_getCursorKind(outer)) && points(outer)) return;
        room.declaration = alias.declaration;
        tell_size_seen(context_, room, name, above_);
    }
  }

  [[nodiscard]] static bool points(CXCursor expression) {
    return clang_getCanonicalType(clang_getCursorType(expression)).kind == CXType_Pointer;
  }

  [[nodiscard]] bool is_size_seen(CXCursor size, Ancestors above) const {
    const Flow flow = flow_of(size, above);
    if (flow.allocation || flow.in_type || flow.element_count) return false;
    return size_is_seen(context_, flow, above);
  }

  [[nodiscard]] bool is_noticed(CXCursor mention) const {
    const Taker taker = taker_of(mention, above_);
    if (taker.left == 0) return false;
    const CXCursor outer = above_[taker.left - 1];
    const Ancestors above = Ancestors(above_).first(taker.left - 1);
    const bool minus = clang_getCursorKind(outer) == CXCursor_BinaryOperator &&
                       clang_getCursorBinaryOperatorKind(outer) == CXBinaryOperator_Sub;
    if (taker.lost) return taker.cast && minus;  // the bytes between two
    switch (clang_getCursorKind(outer)) {
      case CXCursor_UnaryExpr:
        return is_size_seen(outer, above);
      case CXCursor_ReturnStmt:  // of bytes, in a template that does not show the conversion
        return clang_getCanonicalType(clang_getCursorResultType(function_around(above))).kind !=
               CXType_Pointer;
      case CXCursor_MemberRefExpr:
        // What the project's own class does with its memory is looked at there.
        if (is_own_member(clang_getCursorReferenced(outer))) return false;
        return is_noticed_by_member(spelling(outer), above);
      case CXCursor_CallExpr:
        return is_noticed_by_call(outer, taker.inner);
      case CXCursor_BinaryOperator:
        return clang_getCursorBinaryOperatorKind(outer) != CXBinaryOperator_Assign;
      case CXCursor_CXXNewExpr:
      case CXCursor_CompoundStmt:
      case CXCursor_MemberRef:
      case CXCursor_Constructor:
        return false;
      default:
        return true;
    }
  }

  [[nodiscard]] bool is_own_member(CXCursor member) const {
    return !is_in_std(member) && context_.sources().in_project(clang_getCursorLocation(member));
  }

  /// `room.data()`, `room.size()`.
  [[nodiscard]] bool is_noticed_by_member(const std::string& name, Ancestors above) const {
    if (name == "size" || name == "size_bytes" || name == "max_size") {
      return above.empty() || is_size_seen(above.back(), above.first(above.size() - 1));
    }
    static constexpr std::array<std::string_view, 5> kSizeless{"data", "front", "fill",
                                                               "operator[]", "operator="};
    return std::find(kSizeless.begin(), kSizeless.end(), name) == kSizeless.end();
  }

  [[nodiscard]] static bool is_noticed_by_call(CXCursor call, CXCursor argument) {
    const std::string name = callee_name(call);
    if (name == "operator[]" || name == "operator=" || call_kind(name) == CallKind::Memory) {
      return false;
    }
    const auto index = argument_index(call, argument);
    const CXType type = clang_getCursorType(clang_getCursorReferenced(call));
    return !index || static_cast<int>(*index) >= clang_getNumArgTypes(type) ||
           !points_to_bytes(clang_getArgType(type, static_cast<unsigned>(*index)));
  }

  Context& context_;
  std::vector<CXCursor> above_;
  bool fresh_ = false;
};

/// `decltype(room)`: the front end does not show what is in it.
void see_types_of(Context& context) {
  for (const CXFile file : clang::included_files(context.sources().unit())) {
    if (!context.sources().may_be_project(file)) continue;
    const std::string_view text = context.sources().text(file);
    for (const std::string_view word : {"decltype", "typeof"}) {
      for (std::size_t at = text.find(word); at != std::string_view::npos;
           at = text.find(word, at + 1)) {
        const std::string_view operand = text.substr(at, text.find(')', at) - at);
        for (const auto& [key, room] : context.rooms()) {
          if (room.seen) continue;
          if (operand.find(spelling(room.declaration)) == std::string_view::npos) continue;
          tell_size_seen(context, room, room.declaration, {});
        }
      }
    }
  }
}

}  // namespace

void add_rooms_seen(Context& context) {
  if (context.rooms().empty()) return;
  RoomWalker walker(context);
  // Each round finds what is declared by the names that the one before found.
  static constexpr int most_rounds = 8;
  for (int round = 0; round < most_rounds && walker.run(); ++round) {
  }
  see_types_of(context);
}

}  // namespace snug::uses
