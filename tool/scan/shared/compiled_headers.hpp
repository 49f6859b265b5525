// Standard headers that were compiled once, for many units.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/unit_inputs.hpp"

namespace snug {

/// The compiled form with all that units behind it have to be compared with.
struct CompiledHeaders {
  std::string compiled;            ///< Path of the compiled form; empty: it could not be made ...
  std::string refusal;             ///< ... and why.
  std::vector<std::string> files;  ///< That are in it; all are the system's.
  std::vector<std::vector<std::uint32_t>> includes;  ///< Of each file: places in `files`.
  std::vector<std::string> words;                    ///< Every name that occurs in their texts.
  std::vector<std::string> macros;                   ///< That they, or the flags, define.
  UnitInputs inputs;                                 ///< What it was made from.
};

/// The command that parses another file as a header, with the same flags.
[[nodiscard]] FrontEndCommand header_command(FrontEndCommand command, const std::string& path);

/// Compiles headers with the flags of a command, in this process. `folder` is the caller's, `name`
/// becomes the name of two files in it. Never throws for headers that do not compile.
[[nodiscard]] CompiledHeaders compile_headers(const FrontEndCommand& command,
                                              const ScanOptions& options,
                                              const std::vector<std::string>& headers,
                                              const std::string& folder, const std::string& name);

[[nodiscard]] std::string headers_bytes(const CompiledHeaders& headers);
/// Throws Error for bytes that headers_bytes() did not make.
[[nodiscard]] CompiledHeaders headers_from_bytes(std::string_view bytes);

/// The same, made ready for questions. REQUIRES: the headers outlive it.
class HeaderFacts {
 public:
  explicit HeaderFacts(const CompiledHeaders& headers);

  /// The place of a file; nothing for one that is not in it.
  [[nodiscard]] const std::uint32_t* find(const std::string& path) const;
  [[nodiscard]] bool has_word(std::string_view word) const { return words_.contains(word); }
  [[nodiscard]] bool has_macro(std::string_view name) const { return macros_.contains(name); }
  [[nodiscard]] const CompiledHeaders& headers() const { return headers_; }

 private:
  const CompiledHeaders& headers_;
  std::unordered_map<std::string_view, std::uint32_t> places_;
  std::unordered_set<std::string_view> words_;
  std::unordered_set<std::string_view> macros_;
};

}  // namespace snug
