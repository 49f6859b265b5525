#include "lsp/settings.hpp"

#include <fmt/format.h>

#include <array>

#include "lsp/documents.hpp"
#include "lsp/json_reading.hpp"

namespace snug::lsp {
namespace {

/// The first encoding of the client's list that there is; UTF-16 is what all have.
Encoding encoding_of(const Json& params) {
  const Json* list = member(params, {"capabilities", "general", "positionEncodings"});
  if (list == nullptr || !list->is_array()) return Encoding::Utf16;
  for (const Json& name : *list) {
    for (const Encoding known : {Encoding::Utf8, Encoding::Utf16, Encoding::Utf32}) {
      if (name.is_string() && name.get<std::string>() == to_string(known)) return known;
    }
  }
  return Encoding::Utf16;
}

std::vector<std::string> folders_of(const Json& params) {
  std::vector<std::string> folders;
  const auto add = [&](const std::optional<std::string>& uri) {
    const auto path = uri ? path_of(*uri) : std::nullopt;
    if (path) folders.push_back(*path);
  };
  if (const Json* list = member(params, "workspaceFolders"); list != nullptr && list->is_array()) {
    for (const Json& folder : *list) add(text_in(folder, "uri"));
  }
  if (folders.empty()) add(text_in(params, "rootUri"));
  const auto path = text_in(params, "rootPath");
  if (folders.empty() && path && path->starts_with('/')) folders.push_back(*path);
  return folders;
}

struct ShownWord {
  std::string_view word;
  Shown shown;
};
constexpr std::array<ShownWord, 3> shown_words = {
    {{"off", Shown::Off}, {"waste", Shown::Waste}, {"all", Shown::All}}};

/// Reads settings one by one and keeps what is wrong with them.
class SettingsReader {
 public:
  explicit SettingsReader(const Json& json) : json_(json) {}

  void text(std::string_view name, std::string& value) {
    if (absent(name)) return;
    const auto text = text_in(json_, name);
    text ? void(value = *text) : wrong(name, "a text");
  }
  void truth(std::string_view name, bool& value) {
    if (absent(name)) return;
    const auto truth = truth_in(json_, name);
    truth ? void(value = *truth) : wrong(name, "true or false");
  }
  void shown(std::string_view name, Shown& value) {
    if (absent(name)) return;
    const auto text = text_in(json_, name);
    for (const ShownWord& known : shown_words) {
      if (text == known.word) return void(value = known.shown);
    }
    wrong(name, "one of off, waste, all");
  }
  void hovers(Hovers& value) {
    if (absent("hover")) return;
    if (const auto truth = truth_in(json_, "hover")) {
      return void(value = *truth ? Hovers::Definitions : Hovers::Off);
    }
    const auto text = text_in(json_, "hover");
    if (text == "off") return void(value = Hovers::Off);
    if (text == "definitions") return void(value = Hovers::Definitions);
    if (text == "all") return void(value = Hovers::All);
    wrong("hover", "one of off, definitions, all");
  }
  void level(std::optional<Level>& value) {
    if (absent("level")) return;
    const auto text = text_in(json_, "level");
    if (text == "") return value.reset();
    for (const Level level : {Level::Note, Level::Warning}) {
      if (text == to_string(level)) return void(value = level);
    }
    wrong("level", "note or warning");
  }
  void coexist(bool& value) {
    // "auto" is for extensions that can see who else is there.
    if (text_in(json_, "coexist") == "auto") return;
    truth("coexist", value);
  }
  std::vector<std::string> take() { return std::move(wrong_); }

 private:
  [[nodiscard]] bool absent(std::string_view name) const { return member(json_, name) == nullptr; }
  void wrong(std::string_view name, std::string_view wanted) {
    wrong_.push_back(
        fmt::format("setting snug.{} has to be {}; it is left as it was", name, wanted));
  }

  const Json& json_;
  std::vector<std::string> wrong_;
};

}  // namespace

Client client_of(const Json& params) {
  Client client;
  client.encoding = encoding_of(params);
  client.folders = folders_of(params);
  const Json* all = member(params, "capabilities");
  if (all == nullptr) return client;
  const Json& can = *all;
  client.markdown = holds(can, {"textDocument", "hover", "contentFormat"}, "markdown");
  client.action_literals =
      member(can, {"textDocument", "codeAction", "codeActionLiteralSupport"}) != nullptr;
  client.resolves_edits =
      holds(can, {"textDocument", "codeAction", "resolveSupport", "properties"}, "edit");
  client.document_changes = is_true(can, {"workspace", "workspaceEdit", "documentChanges"});
  client.annotations =
      member(can, {"workspace", "workspaceEdit", "changeAnnotationSupport"}) != nullptr;
  client.pulls_diagnostics = member(can, {"textDocument", "diagnostic"}) != nullptr;
  client.related_information =
      is_true(can, {"textDocument", "publishDiagnostics", "relatedInformation"}) ||
      is_true(can, {"textDocument", "diagnostic", "relatedInformation"});
  client.code_description =
      is_true(can, {"textDocument", "publishDiagnostics", "codeDescriptionSupport"}) ||
      is_true(can, {"textDocument", "diagnostic", "codeDescriptionSupport"});
  client.creates_progress = is_true(can, {"window", "workDoneProgress"});
  client.refreshes_lenses = is_true(can, {"workspace", "codeLens", "refreshSupport"});
  client.refreshes_hints = is_true(can, {"workspace", "inlayHint", "refreshSupport"});
  client.refreshes_diagnostics = is_true(can, {"workspace", "diagnostics", "refreshSupport"});
  client.registers_watchers =
      is_true(can, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  return client;
}

std::vector<std::string> read_settings(const Json& json, Settings& settings) {
  const Json* inner = member(json, "snug");
  SettingsReader reader(inner != nullptr ? *inner : json);
  reader.text("buildFolder", settings.build_folder);
  std::string checks = settings.checks.value_or("");
  reader.text("checks", checks);
  settings.checks = checks.empty() ? std::nullopt : std::optional(checks);
  reader.level(settings.level);
  reader.hovers(settings.hover);
  reader.shown("inlayHints", settings.hints);
  reader.shown("codeLens", settings.lenses);
  reader.coexist(settings.coexist);
  return reader.take();
}

}  // namespace snug::lsp
