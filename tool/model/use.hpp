// What the code does with records that depends on the order of their fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace snug {

enum class UseKind : std::uint8_t {
  PositionalInit,     ///< T{1, 2}: aggregate initialisation by position.
  ParenInit,          ///< T(1, 2) of an aggregate (C++20).
  EmplaceAggregate,   ///< emplace, construct_at, make_unique ... that builds the aggregate by
                      ///< position.
  StructuredBinding,  ///< auto [a, b] = t;
  DesignatedInit,     ///< T{.a = 1, .b = 2}
  InitReadsMember,    ///< A member or default initialiser that reads another member.
  DestructionOrder,   ///< A member's destructor can reach another member (lock and data, thread and
                      ///< state).
  OffsetOf,           ///< offsetof in an expression whose value is not asserted.
  AssertedOffset,     ///< offsetof under static_assert, #if, case or an enumerator.
  SizeArithmetic,     ///< sizeof in arithmetic.
  AssertedSize,       ///< sizeof under static_assert, case, array bound or an enumerator. With
                      ///< `keeps_meaning`, `fields` are the ids of records that have a field of
                      ///< that size.
  MemoryCopy,         ///< memcpy, memmove, memset, memcmp of the object.
  BytesIo,            ///< fwrite, fread, read, write, send, recv, mmap ... of the object.
  ByteCast,           ///< Cast between the record and bytes or another record; bit_cast.
  UnionMember,        ///< A union contains it.
  ExternC,            ///< A function or variable with C linkage uses it.
  DefaultedComparison,  ///< = default of <=> or a relational operator: the order is the meaning.
  FirstMember,          ///< &t is cast to the type of its first member, or back (container_of).
  Exported,             ///< Other binaries see it: default visibility or dllexport.
  FieldRun,  ///< A pointer to a field goes on to those behind it: `fields` in order; a single one
             ///< where how far is not known.
  FieldBorder,   ///< An offset or an address at which a range of fields begins or ends.
  CommonPrefix,  ///< A record of another type is taken for it: both begin with `fields`.
  Uncompiled,    ///< Finds fields by position in code that was not compiled. Without a record id:
                 ///< `detail` is the type's name as written, `fields` are the ids of the records
                 ///< that it names, as far as known; `keeps_meaning`: some unit compiled it.
  OtherDefinition,  ///< Code that was not compiled gives the name in `detail` another meaning, so
                    ///< that lists for the records `fields` (ids) serve another type as well;
                    ///< `keeps_meaning` as for Uncompiled.
  // What counts only together with what another unit says (analysis/reorder/joined_uses.hpp).
  Symbol,   ///< How a unit declares the symbol `detail`: `fields` are the names of the types of a
            ///< variable, or of the result and the parameters of a function. No record id.
  Untyped,  ///< A pointer to the record becomes a `void*` (`detail`: "loses") or comes out of one
            ///< ("regains").
  HeapChoice,  ///< The program counts how often the heap is asked (`detail`: who), or, with
               ///< `asserted`, has values whose size decides that (`detail`: in what). No record
               ///< id.
};

/// One value or name of a use that finds its field by position or by a designator. Bytes
/// [begin, end) of the file of the use.
struct UseItem {
  std::string field;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  /// Earlier items of the use (places in its list) that have to be evaluated before this one.
  std::vector<std::uint32_t> follows;
  bool operator==(const UseItem&) const = default;
};

/// One place where a record is used in a way that its order of fields can change.
struct Use {
  std::string record_id;
  SourceRange where;
  std::string function;  ///< Qualified name of the function around it, if any.
  std::vector<std::string>
      fields;          ///< The fields it is about, in source order, where they are known.
  std::string detail;  ///< Human words that complete "this ...".
  UseKind kind = UseKind::PositionalInit;
  bool keeps_meaning =
      false;  ///< Proven harmless under any order (designators that a fix can sort, ...).
  bool asserted = false;  ///< The value is pinned by static_assert or the like.
  bool repeats = false;   ///< A row of a table whose first row tells the same.
  /// What a new order has to move, as written; values for bases are left out.
  std::vector<UseItem> items;
  /// Why the items cannot be moved with certainty, as a clause. REQUIRES: empty only if there are
  /// items.
  std::string obstacle;
};

/// The member initialiser list of one constructor definition: a fix has to bring it into field
/// order.
struct InitializerList {
  struct Item {
    std::string member;  ///< Field name; for a base, the base's name.
    bool is_base = false;
    SourceRange range;               ///< `member(expr)` or `member{expr}`, pack dots included.
    std::vector<std::string> reads;  ///< Fields of the same object that the expression reads.
  };
  std::string record_id;
  SourceRange where;        ///< The constructor's name.
  std::vector<Item> items;  ///< As written, in source order.
  bool from_macro = false;
};

/// True for what one unit tells and only counts with what another one says: see
/// analysis/reorder/joined_uses.hpp.
[[nodiscard]] constexpr bool is_half(UseKind kind) {
  return kind == UseKind::Symbol || kind == UseKind::Untyped || kind == UseKind::HeapChoice;
}

[[nodiscard]] std::string_view to_string(UseKind kind);  ///< "positional-init", ...
/// One sentence that tells why the kind depends on the order of fields.
[[nodiscard]] std::string_view explain(UseKind kind);

}  // namespace snug
