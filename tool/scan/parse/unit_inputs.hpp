// What one parse of a unit was made from, so that its result can be used again as long as all of it
// is the same.
//
// 1. The key stands for what is asked: the front end and its version, the command, the folder, the
//    options that change a model, the variables that the front end reads.
// 2. The inputs stand for what was read: each file with the digest of the text that the front end
//    saw and its name behind links; and, for each name that a directive spells and each folder that
//    is searched, whether it was there (see input_state.hpp).
// 3. Where one of them cannot be told for certain, the result is not kept, and the reason is told.
#pragma once

#include <clang-c/Index.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/text_edit.hpp"
#include "model/model.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/input_state.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

struct InputFile {
  std::string path;    ///< Absolute, lexically normal.
  std::string digest;  ///< Of the text.
  std::string real;    ///< The path with links resolved.
};

struct UnitInputs {
  std::vector<InputFile> files;
  std::vector<std::string> folders;  ///< Where included names are looked for.
  std::vector<Lookup> lookups;       ///< That no text spells.
  std::string presence;              ///< Of the names in the folders, and of the lookups.
  std::string refusal;               ///< Not empty: the result must not be kept, and why.
};

/// Time as the system tells it and as it passes; taken before a parse.
struct ParseStart {
  std::int64_t clock = 0;    ///< Nanoseconds since 1970.
  std::int64_t passing = 0;  ///< Of a clock that nobody sets.
};
[[nodiscard]] ParseStart start_parse();

/// What the parse of a unit read. `edits`: of a proof; their files count as they are without them.
/// Adds to `inputs` what an earlier parse of the same unit read.
void collect_inputs(CXTranslationUnit unit, const FrontEndCommand& command,
                    const ScanOptions& options, const std::vector<TextEdit>& edits,
                    const ParseStart& start, UnitInputs& inputs);

/// True if everything is as it was.
[[nodiscard]] bool is_unchanged(const UnitInputs& inputs, InputState& state);

[[nodiscard]] std::string inputs_bytes(const UnitInputs& inputs);
/// Throws Error for bytes that inputs_bytes did not make.
[[nodiscard]] UnitInputs inputs_from_bytes(std::string_view bytes);

/// The name of a unit's result.
[[nodiscard]] std::string unit_key(const FrontEndCommand& command, const ScanMeaning& meaning);

/// What parses leave standing for the next task of a worker to take down, or for the system if
/// there is none: taking a unit down block by block costs up to a twentieth of parsing it.
using LeftStanding = std::vector<std::shared_ptr<const void>>;

/// The last that was left first: units before their index.
inline void take_down(LeftStanding& standing) {
  while (!standing.empty()) standing.pop_back();
}

/// The model of one unit in this process, as scan_unit(), and what it was made from. The parsed
/// unit goes to `standing`; without that it is taken down.
[[nodiscard]] Model scan_unit(const FrontEndCommand& command, const ScanOptions& options,
                              UnitInputs* inputs, LeftStanding* standing = nullptr);

}  // namespace snug
