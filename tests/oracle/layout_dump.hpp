// What `clang -Xclang -fdump-record-layouts` prints, read back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace snug::oracle {

enum class PartKind : std::uint8_t { Field, Base, VirtualBase, VPtr, VBPtr, VtorDisp };

/// A direct part of a record. Zero-width bit-fields are left out.
struct DumpPart {
  PartKind kind = PartKind::Field;
  std::string name;  ///< Of a field; the normal name of a base. Empty for unnamed ones.
  std::uint64_t offset_bits = 0;
  std::optional<std::uint64_t> width_bits;  ///< Of a bit-field.
};

/// One block of the dump. Sizes and alignments in bytes.
struct DumpRecord {
  std::string printed;  ///< The name as printed.
  std::string key;      ///< normal_name(printed).
  std::uint64_t size = 0;
  std::uint64_t align = 0;
  std::optional<std::uint64_t> data_size;
  std::optional<std::uint64_t> nonvirtual_size;
  std::optional<std::uint64_t> nonvirtual_align;
  std::vector<DumpPart> parts;
};

/// The blocks of a dump in their order; IR blocks are skipped.
[[nodiscard]] std::vector<DumpRecord> parse_dump(std::string_view text);

/// A name that can be compared: without struct, class, union and enum, without folders in
/// `at PATH:1:2`, `(unnamed` as `(anonymous`. Of unnamed types only the place counts, of local ones
/// what follows the function.
[[nodiscard]] std::string normal_name(std::string_view printed);

/// A normal name without its template arguments: an explicit specialisation is dumped with them as
/// they were written, typedefs and missing scopes included.
[[nodiscard]] std::string short_name(std::string_view normal);

}  // namespace snug::oracle
