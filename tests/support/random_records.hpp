// Random C++ records as source text and as the specs that the layout rules take, so that one can be
// compared with the other. And the compiler's own answer, read from its layout dump.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "layout/class_layout.hpp"

namespace snug::test {

struct RandomRecord {
  std::string name;
  std::string source;  ///< One definition, with the pragmas around it.
  ClassFacts facts;
};

struct RandomOptions {
  Abi abi;
  bool bases = true;
  bool odd = true;  ///< Packed, #pragma pack, unions, [[no_unique_address]], empties, zero widths.
  std::uint32_t least_members = 0;
  std::uint32_t most_members = 8;
  std::size_t usable =
      ~std::size_t{0};  ///< Only the first so many are members and bases of others.
};

/// `count` records; later ones may use earlier ones as members and bases. Same seed, same records.
[[nodiscard]] std::vector<RandomRecord> random_records(std::uint32_t seed, std::size_t count,
                                                       const RandomOptions& options);

/// The definition with its members in another order. REQUIRES: made by random_records.
[[nodiscard]] std::string with_order(const std::string& source,
                                     const std::vector<std::uint32_t>& order);

/// What the compiler says about a record. Bits.
struct CompilerLayout {
  std::uint64_t size = 0;
  std::uint64_t data_size = 0;
  std::uint64_t align = 0;
  std::vector<std::uint64_t> bases;          ///< Direct non-virtual bases in order.
  std::vector<std::uint64_t> virtual_bases;  ///< In the order of CXXRecordDecl::vbases().
  std::vector<std::uint64_t> fields;
};

/// Runs `clang++-22 -fdump-record-layouts-simple` over the source; the answers in the order of
/// `names`. `scratch` names a file that is written and left.
[[nodiscard]] std::vector<CompilerLayout> compiler_layouts(const std::string& source,
                                                           const std::vector<std::string>& names,
                                                           const std::string& target,
                                                           const std::string& scratch);

}  // namespace snug::test
