// Types whose objects hold one of several alternatives: variants of libraries and tagged unions (a
// record with an enumeration that tells which member of a union is in use).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// A place where an alternative is put into an object.
struct BuildSite {
  SourceRange where;
  std::uint64_t weight = 1;  ///< 10 in a loop.
};

struct UnionChoice {
  std::string name;  ///< The type; of a union's member its name.
  std::string type;
  std::string record_id;
  SourceRange where;        ///< Of the record or of the member, if known.
  std::uint64_t size = 0;   ///< Bytes.
  std::uint64_t align = 1;  ///< Bytes.
  bool nothing = false;     ///< std::monostate and the like.
  std::vector<BuildSite> built;

  [[nodiscard]] std::uint64_t weight() const;
};

/// Size and alignment of one alternative, in bytes.
struct Room {
  std::uint64_t size = 0;
  std::uint64_t align = 1;
};

struct SumType {
  std::string id;  ///< Of the variant, or of the record that holds the tag and the union.
  const Record* record = nullptr;    ///< Of tagged unions.
  std::vector<UnionChoice> choices;  ///< As declared.
  std::string name;                  ///< For people.
  SourceRange where;
  std::string subject;
  bool c = false;          ///< Seen by units in C: no templates there.
  bool optional = false;   ///< One type, or nothing; what puts it in is not counted.
  std::uint64_t size = 0;  ///< Bytes.
  /// Bytes of an object whose alternatives took this room, in the same order. The rule has been
  /// checked against the real size.
  std::function<std::uint64_t(const std::vector<Room>&)> size_with;
};

/// All of the model whose layout rule is known, sorted by place. Those with several layouts are
/// left out. O(functions + records).
[[nodiscard]] std::vector<SumType> find_sum_types(const Model& model);

}  // namespace snug
