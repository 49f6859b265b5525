#include "lsp/actions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/source_text.hpp"
#include "base/visible_text.hpp"
#include "gate/marks.hpp"
#include "lsp/json_reading.hpp"
#include "lsp/layout_text.hpp"
#include "model/scanned_text.hpp"
#include "report/fingerprint.hpp"
#include "report/fix_words.hpp"
#include "session/configure.hpp"

namespace snug::lsp {
namespace {

constexpr const char* annotation = "snug";

struct FileEdit {
  const FileLines::Text* text;
  Json edits = Json::array();
};

/// "verified in 2 units, safe"; what is not known yet is not claimed.
std::string safety_text(const SuggestedFix& fix) {
  if (!fix.proof || !fix.proof->verified) {
    return fix.safety == Safety::Safe
               ? "verified when applied"
               : fmt::format("{}, verified when applied", to_string(fix.safety));
  }
  const Proof& proof = *fix.proof;
  const std::string units =
      proof.units_proven == proof.units_using
          ? plural(proof.units_using, "unit")
          : fmt::format("{} of {} units", proof.units_proven, proof.units_using);
  return fmt::format("verified in {}, {}", units, to_string(fix.safety));
}

std::string size_text(const SuggestedFix& fix) {
  if (fix.promise.sizes.empty()) return "";
  const SizeChange& size = fix.promise.sizes.front();
  if (size.before == size.after) return "";
  return fmt::format(": {} to {} bytes", size.before, size.after);
}

bool touches(const View& view, const SourceRange& where, std::uint64_t begin, std::uint64_t end) {
  if (!view.range(where)) return false;
  const std::string& text = view.document().text();
  return line_begin(text, *view.now(where.begin)) <= end &&
         begin <= line_end(text, *view.now(where.end));
}

Json mark_action(const View& view, const SourceRange& where, const std::string& mark, bool record,
                 const std::string& title, const char* kind, FileLines& texts,
                 const Client& client) {
  const auto edit = mark_edit(view.document().text(), where, mark, record);
  if (!edit) return nullptr;
  const BuiltEdit built = workspace_edit({*edit}, {{where.file, view.document().hash()}},
                                         {title, false}, texts, client);
  if (!built.refusal.empty()) return nullptr;
  return {{"title", title}, {"kind", kind}, {"edit", built.edit}};
}

void add(Json& list, Json action) {
  if (!action.is_null()) list.push_back(std::move(action));
}

Json fix_action(const View& view, const Finding& finding, const SuggestedFix& fix,
                const Json& diagnostic) {
  const ActionData data{view.document().uri(), finding.check,          fingerprint_of(finding),
                        finding.where.begin,   view.document().hash(), fix.safety};
  Json action = {{"title", action_title(fix)}, {"kind", "quickfix"}, {"data", json_of(data)}};
  if (!diagnostic.is_null()) action["diagnostics"] = Json::array({diagnostic});
  if (fix.safety == Safety::Safe) action["isPreferred"] = true;
  return action;
}

}  // namespace

std::string action_title(const SuggestedFix& fix) {
  return visible_text(fmt::format("{}{} ({})", fix.title, size_text(fix), safety_text(fix)));
}

BuiltEdit workspace_edit(const std::vector<TextEdit>& edits,
                         const std::map<std::string, std::string>& hashes, const EditLabel& label,
                         FileLines& texts, const Client& client) {
  std::map<std::string, FileEdit> by_file;
  for (const TextEdit& edit : edits) {
    const FileLines::Text* text = texts.of(edit.file);
    const auto hash = hashes.find(edit.file);
    if (text == nullptr || hash == hashes.end() || hash->second != text->hash) {
      return {nullptr, fmt::format("{}: {}", edit.file, changed_since_scan(edit.file))};
    }
    FileEdit& file = by_file.try_emplace(text->uri, FileEdit{text}).first->second;
    Json json = {{"range", range_json(text->lines->position(edit.begin, client.encoding),
                                      text->lines->position(edit.end, client.encoding))},
                 {"newText", edit.text}};
    if (client.document_changes && client.annotations) json["annotationId"] = annotation;
    file.edits.push_back(std::move(json));
  }
  Json result = Json::object();
  if (!client.document_changes) {
    result["changes"] = Json::object();
    for (auto& [uri, file] : by_file) result["changes"][uri] = std::move(file.edits);
    return {std::move(result), ""};
  }
  result["documentChanges"] = Json::array();
  for (auto& [uri, file] : by_file) {
    const Json version = file.text->version ? Json(*file.text->version) : Json(nullptr);
    result["documentChanges"].push_back(
        {{"textDocument", {{"uri", uri}, {"version", version}}}, {"edits", std::move(file.edits)}});
  }
  if (client.annotations) {
    result["changeAnnotations"] = {
        {annotation,
         {{"label", visible_text(label.text)}, {"needsConfirmation", label.needs_confirmation}}}};
  }
  return {std::move(result), ""};
}

Json json_of(const ActionData& data) {
  return {{"uri", data.uri},     {"check", data.check}, {"fingerprint", data.fingerprint},
          {"begin", data.begin}, {"hash", data.hash},   {"safety", to_string(data.safety)}};
}

std::optional<ActionData> action_data(const Json& json) {
  const auto uri = text_in(json, "uri"), check = text_in(json, "check"),
             fingerprint = text_in(json, "fingerprint"), hash = text_in(json, "hash"),
             safety = text_in(json, "safety");
  const auto begin = number_in(json, "begin");
  if (!uri || !check || !fingerprint || !hash || !safety || !begin || *begin < 0) {
    return std::nullopt;
  }
  ActionData data{*uri,  *check,      *fingerprint, static_cast<std::uint64_t>(*begin),
                  *hash, Safety::Safe};
  for (const Safety known : {Safety::Review, Safety::Abi, Safety::Refused}) {
    if (*safety == to_string(known)) data.safety = known;
  }
  return data;
}

std::optional<std::size_t> find_finding(const std::vector<Finding>& findings,
                                        const ActionData& data) {
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (finding.check == data.check && finding.where.begin == data.begin &&
        fingerprint_of(finding) == data.fingerprint) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<TextEdit> mark_edit(const std::string& text, const SourceRange& where,
                                  const std::string& mark, bool record) {
  const std::uint64_t line = line_begin(text, where.begin);
  const std::size_t code = std::min(text.find_first_not_of(" \t", line), text.size());
  const std::string indent = text.substr(line, code - line);
  const std::size_t line_break = text.find('\n');
  const bool crlf =
      line_break != std::string::npos && line_break > 0 && text[line_break - 1] == '\r';
  TextEdit edit{where.file, line, line,
                fmt::format("{}/* snug: {} */{}", indent, mark, crlf ? "\r\n" : "\n")};
  std::vector<std::string> checks;
  for (const KnownCheck& check : known_checks()) checks.push_back(check.id);
  // The mark counts only if it belongs to the declaration that it is put above.
  const Marks marks = marks_in(apply_edits(text, std::span(&edit, 1)), where.file, checks);
  const std::uint64_t place = where.begin + edit.text.size();
  const bool belongs = std::any_of(marks.marks.begin(), marks.marks.end(), [&](const Mark& found) {
    return found.where.begin >= line && found.where.begin < line + edit.text.size() &&
           found.head_begin <= place && place <= found.head_end &&
           (found.head_names_record || !record);
  });
  return belongs ? std::optional(std::move(edit)) : std::nullopt;
}

Json actions_json(const View& view, const std::vector<Finding>& findings,
                  const std::map<std::string, ProofAnswer>& proven, std::uint64_t begin,
                  std::uint64_t end, FileLines& texts, const Client& client) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    if (finding.where.file != view.path() || !touches(view, finding.where, begin, end)) continue;
    const auto diagnostic = diagnostic_json(finding, view.model(), texts, client);
    const auto answer = proven.find(fingerprint_of(finding));
    const bool asked = answer != proven.end();
    const Finding& said =
        asked && !answer->second.finding.empty() ? answer->second.finding.front() : finding;
    const bool open = !said.fixes.empty() && said.fixes.front().safety != Safety::Refused &&
                      said.fixes.front().by_hand.empty() &&
                      !(asked && !answer->second.refusal.empty());
    if (open) {
      add(list, fix_action(view, finding, said.fixes.front(), diagnostic.value_or(Json(nullptr))));
    }
    add(list, mark_action(view, finding.where,
                          fmt::format("ignore({}): explain here why this is fine", finding.check),
                          false, fmt::format("Ignore '{}' here with a reason", finding.check),
                          "quickfix", texts, client));
  }
  const Declared* record = nullptr;
  for (const Declared& declared : view.records()) {
    if (touches(view, declared.front()->where, begin, end)) record = &declared;
  }
  if (record != nullptr && record->size() == 1) {
    const Record& one = *record->front();
    add(list, mark_action(view, one.where, fmt::format("max-size({})", one.size), true,
                          fmt::format("Set a budget of {} for '{}'", plural(one.size, "byte"),
                                      visible_text(one.name)),
                          "refactor", texts, client));
    add(list, mark_action(view, one.where, "frozen", true,
                          fmt::format("Freeze the layout of '{}'", visible_text(one.name)),
                          "refactor", texts, client));
  }
  return list;
}

}  // namespace snug::lsp
