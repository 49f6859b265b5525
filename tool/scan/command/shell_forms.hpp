// What build systems put around a compiler's command for a shell: "cd sub && g++ ...", "sh -c
// '...'".
#pragma once

#include <string>
#include <vector>

namespace snug {

/// Takes the shell's part away: `words` become those of the compiler, `directory` the one in which
/// they are run. Commands before are taken away as long as they run nothing that matters (cd, :,
/// true), what follows the compiler's command always. What is none of this stays as it is.
void take_out_of_shell(std::vector<std::string>& words, std::string& directory);

/// The first word that only a shell can tell ($CXXFLAGS, $(pkg-config ...), `...`); empty if there
/// is none.
[[nodiscard]] std::string word_of_shell(const std::vector<std::string>& words);

}  // namespace snug
