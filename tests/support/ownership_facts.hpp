// Facts about ownership written down by hand, for tests of checks that need no compiler.
#pragma once

#include <string>
#include <utility>

#include "model/model.hpp"

namespace snug::test {

/// Bytes [begin, end) of "/project/<file>"; the line is the offset, so that places differ.
inline SourceRange spot(std::uint64_t begin, std::uint64_t end = 0,
                        const std::string& file = "a.cpp") {
  SourceRange where;
  where.file = "/project/" + file;
  where.begin = begin;
  where.end = end == 0 ? begin + 1 : end;
  where.line = where.end_line = static_cast<std::uint32_t>(begin) + 1;
  where.column = where.end_column = 1;
  return where;
}

inline OwnerType owner_of(const std::string& pointee, Strength strength = Strength::Counted) {
  OwnerType type;
  type.family = strength == Strength::Counted  ? "std::shared_ptr"
                : strength == Strength::Unique ? "std::unique_ptr"
                                               : "std::weak_ptr";
  type.pointee = pointee;
  type.pointee_id = "c:@S@" + pointee;
  type.strength = strength;
  return type;
}

/// An editable declaration at [begin, end) whose type ends at `type_end`, seen by unit 0.
inline DeclaratorPlace declared(std::uint64_t begin, std::uint64_t type_end, std::uint64_t end) {
  DeclaratorPlace place;
  place.where = spot(begin, end);
  place.type_begin = begin;
  place.type_end = type_end;
  place.editable = true;
  place.units = {0};
  return place;
}

}  // namespace snug::test
