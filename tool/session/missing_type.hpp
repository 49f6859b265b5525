// Why a name that the source has is the name of no record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/files.hpp"
#include "model/model.hpp"

namespace snug {

enum class NamedBy : std::uint8_t {
  Alias,     ///< using, typedef
  Template,  ///< That the analyzed code does not instantiate.
  Record,    ///< That no unit compiles.
  Enumeration,
};

/// What a file of the project says about a name.
struct SourceName {
  NamedBy by = NamedBy::Alias;
  std::string file;  ///< Absolute.
  std::uint32_t line = 0;
  std::string target;  ///< Of an alias, as it is spelled, blanks joined.
};

/// Looks for a declaration of the last component of `type` in the files of the project, without a
/// preprocessor: aliases first, then templates. Nothing if no file has one. O(bytes of the files).
[[nodiscard]] std::optional<SourceName> name_in_sources(const std::string& type, const Model& model,
                                                        const Files& files);

/// Such a name in a sentence: what it is, where, and how to see a layout. Paths are relative to
/// `folder`.
[[nodiscard]] std::string source_name_text(const std::string& type, const SourceName& name,
                                           const std::string& folder);

}  // namespace snug
