// Random C++ classes as source text: bases, virtual bases, virtual functions, bit-fields,
// alignment, packing, unions, empty members. The same seed gives the same text everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace snug::test {

struct RandomClass {
  std::string name;
  std::string source;                   ///< One definition, with the pragmas around it.
  std::vector<std::string> fields;      ///< Named ones that have an address, anonymous parts' too.
  std::vector<std::string> bit_fields;  ///< Named ones.
  std::vector<std::string> bases;       ///< All that can be converted to: direct ones and virtual.
  bool needs_object = false;  ///< Has virtual bases: conversions read the vptr of a real object.
  bool ambiguous = false;     ///< Some base occurs twice: conversions may not compile.
};

struct RandomClassOptions {
  bool microsoft = false;  ///< Leaves out what the MSVC ABI does not know.
  bool gcc = false;        ///< Leaves out what g++ rejects: anonymous structs hold scalars only.
  bool ambiguous = true;   ///< A few classes with a base that occurs twice.
};

/// What the definitions refer to; to be put in front of them.
[[nodiscard]] std::string random_classes_prelude();

/// `count` classes named R0, R1 ...; later ones use earlier ones as members and bases.
[[nodiscard]] std::vector<RandomClass> random_classes(std::uint64_t seed, std::size_t count,
                                                      const RandomClassOptions& options = {});

/// A program that prints one line a fact: "R3 size 24", "R3 align 8", "R3.f1 offset 8" (bytes),
/// "R3.b2 bits 67 3" (first bit and width), "R3:R1 offset 16". To be compiled with
/// -fno-access-control.
[[nodiscard]] std::string layout_program(const std::vector<RandomClass>& classes);

}  // namespace snug::test
