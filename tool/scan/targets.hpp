// Target triples, as far as layouts care.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The triple of the machine that the tool was built for.
[[nodiscard]] std::string host_target();

/// A triple in the four-part spelling of the front end where only the vendor is missing or is "pc":
/// "x86_64-linux-gnu" becomes "x86_64-unknown-linux-gnu". Others stay as they are.
[[nodiscard]] std::string plain_target(std::string_view triple);

/// The triple that -m32, -m64 or -mx32 make of another one: the processor's other width.
[[nodiscard]] std::string with_width(std::string_view triple, std::string_view flag);

/// True for i386 to i686 and x86_64.
[[nodiscard]] bool is_x86(std::string_view triple);

}  // namespace snug
