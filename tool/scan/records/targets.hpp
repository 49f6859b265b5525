// Target triples, as far as layouts care.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The triple of the machine that the tool was built for.
[[nodiscard]] std::string host_target();

/// A triple of any toolchain in the spelling of the front end: "x86_64-linux-gnu",
/// "x86_64-pc-linux-gnu" and "x86_64-none-linux-gnu" become "x86_64-unknown-linux-gnu",
/// "arm-none-eabi" becomes "arm-unknown-none-eabi", "x86_64-w64-mingw32" becomes
/// "x86_64-w64-windows-gnu". One whose system is not known stays as it is.
[[nodiscard]] std::string plain_target(std::string_view triple);

/// The triple that -m32, -m64 or -mx32 make of another one: the processor's other width.
[[nodiscard]] std::string with_width(std::string_view triple, std::string_view flag);

/// True for i386 to i686 and x86_64.
[[nodiscard]] bool is_x86(std::string_view triple);

}  // namespace snug
