// Compilers whose sizes and alignments are not those of the machine that they run on, and whose
// command does not say which they are.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// What the compiler of that path is for ("8051, Z80, STM8 ..."); empty if it is none of those. A
/// name with a target before it ("arm-none-eabi-gcc") says what it is for itself.
[[nodiscard]] std::string_view foreign_compiler(std::string_view path);

}  // namespace snug
