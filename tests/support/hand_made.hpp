// Records and models written down by hand, for tests that need no compiler.
#pragma once

#include <string>
#include <utility>

#include "model/model.hpp"

namespace snug::test {

inline constexpr std::uint64_t bits = 8;  ///< Bits of a byte.

inline SourceRange at(std::string file, std::uint32_t line, std::uint32_t column = 1) {
  SourceRange where;
  where.file = std::move(file);
  where.line = line;
  where.column = column;
  where.end_line = line;
  where.end_column = column + 1;
  return where;
}

/// A field of `size` bytes at byte `offset`.
inline Slot field(std::string name, std::string type, std::uint64_t offset, std::uint64_t size) {
  Slot slot;
  slot.name = std::move(name);
  slot.type = std::move(type);
  slot.extent = {offset * bits, size * bits};
  slot.align_bits = size * bits;
  slot.type_size_bits = size * bits;
  slot.type_align_bits = size * bits;
  return slot;
}

/// A record with these slots; padding is labelled.
inline Record record(std::string name, std::uint64_t size, std::vector<Slot> slots) {
  Record made;
  made.id = "c:@S@" + name;
  made.name = std::move(name);
  made.size = size;
  made.align = 8;
  made.slots = std::move(slots);
  made.where = at("/project/order.hpp", 12, 8);
  label_padding(made);
  return made;
}

/// One unit, x86-64 Linux.
inline Model model_of(std::vector<Record> records) {
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  Unit unit;
  unit.file = "/project/order.cpp";
  model.units.push_back(std::move(unit));
  model.records = std::move(records);
  return model;
}

}  // namespace snug::test
