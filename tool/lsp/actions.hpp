// Code actions: what can be done about a finding or a record, and the edits that do it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lsp/answers.hpp"
#include "lsp/diagnostics.hpp"
#include "lsp/settings.hpp"
#include "lsp/view.hpp"

namespace snug::lsp {

/// A WorkspaceEdit, or why there is none.
struct BuiltEdit {
  Json edit;
  std::string refusal;  ///< Empty if there is one.
};

/// How an edit is labelled where the client can show that.
struct EditLabel {
  std::string text;
  bool needs_confirmation = false;
};

/// The edits in the client's form. Every file has to have the text of its hash now, open documents
/// with the version that they have: what was scanned is what is edited.
[[nodiscard]] BuiltEdit workspace_edit(const std::vector<TextEdit>& edits,
                                       const std::map<std::string, std::string>& hashes,
                                       const EditLabel& label, FileLines& texts,
                                       const Client& client);

/// "Reorder the fields of 'Order': 56 to 32 bytes"; what is known of proof and safety behind it.
[[nodiscard]] std::string action_title(const SuggestedFix& fix);

/// What an unresolved action carries to find its finding again.
struct ActionData {
  std::string uri;
  std::string check;
  std::string fingerprint;
  std::uint64_t begin = 0;       ///< Of the finding, in bytes.
  std::string hash;              ///< Of the document.
  Safety safety = Safety::Safe;  ///< That the title says.
};
[[nodiscard]] Json json_of(const ActionData& data);
[[nodiscard]] std::optional<ActionData> action_data(const Json& json);

/// The place of the finding in the list; nothing if it is gone.
[[nodiscard]] std::optional<std::size_t> find_finding(const std::vector<Finding>& findings,
                                                      const ActionData& data);

/// The text with a mark ("ignore(padding): ...", "max-size(56)", "frozen") above the line of the
/// place, as an edit. Nothing if the mark would not belong to what stands there.
[[nodiscard]] std::optional<TextEdit> mark_edit(const std::string& text, const SourceRange& where,
                                                const std::string& mark, bool record);

/// The actions for [begin, end] of the document. Edits of fixes are missing: resolve brings them.
/// `proven`: answers to earlier questions, by fingerprint.
[[nodiscard]] Json actions_json(const View& view, const std::vector<Finding>& findings,
                                const std::map<std::string, ProofAnswer>& proven,
                                std::uint64_t begin, std::uint64_t end, FileLines& texts,
                                const Client& client);

}  // namespace snug::lsp
