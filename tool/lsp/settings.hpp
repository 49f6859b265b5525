// What the client can do, and what its user wants.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/positions.hpp"
#include "model/finding.hpp"
#include "report/formats/json_parts.hpp"

namespace snug::lsp {

/// Of `initialize`. What a client does not name it cannot do.
struct Client {
  std::vector<std::string> folders;  ///< Absolute paths.
  Encoding encoding = Encoding::Utf16;
  bool markdown = false;  ///< In hovers.
  bool action_literals = false;
  bool resolves_edits = false;  ///< codeAction/resolve for `edit`.
  bool document_changes = false;
  bool annotations = false;  ///< changeAnnotations with needsConfirmation.
  bool pulls_diagnostics = false;
  bool related_information = false;
  bool code_description = false;
  bool creates_progress = false;
  bool refreshes_lenses = false, refreshes_hints = false, refreshes_diagnostics = false;
  bool registers_watchers = false;
};

[[nodiscard]] Client client_of(const Json& params);

/// Which records or gaps something is shown for.
enum class Shown : std::uint8_t { Off, Waste, All };

/// Where a hover is answered.
enum class Hovers : std::uint8_t { Off, Definitions, All };

struct Settings {
  std::string build_folder;           ///< As -p.
  std::optional<std::string> checks;  ///< As --checks.
  std::optional<Level> level;
  Hovers hover = Hovers::Definitions;
  Shown hints = Shown::Waste;
  Shown lenses = Shown::Waste;
  bool coexist = false;  ///< A server like clangd answers, too: it says offsets and sizes.
};

/// Takes over what an object says ("snug": {...} or the inner object). Settings that it does not
/// name stay; values that make no sense are left alone and told, one sentence each.
[[nodiscard]] std::vector<std::string> read_settings(const Json& json, Settings& settings);

}  // namespace snug::lsp
