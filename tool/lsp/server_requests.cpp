// Requests that wait until their document's unit is known, and what is sent when it is.
#include <fmt/format.h>

#include <algorithm>

#include "base/visible_text.hpp"
#include "lsp/actions.hpp"
#include "lsp/hover.hpp"
#include "lsp/json_reading.hpp"
#include "lsp/layout_text.hpp"
#include "lsp/server.hpp"
#include "report/fingerprint.hpp"

namespace snug::lsp {
namespace {

constexpr unsigned most_tries = 2;  // Of a proof whose worker ends.

bool needs_findings(const std::string& method) {
  return method == "textDocument/codeAction" || method == "textDocument/diagnostic" ||
         method == "codeAction/resolve";
}

/// What a method answers where nothing is known.
Json nothing_for(const std::string& method) {
  if (method == "textDocument/diagnostic") return {{"kind", "full"}, {"items", Json::array()}};
  if (method == "textDocument/hover") return nullptr;
  return Json::array();
}

/// What was found before the text became one that cannot be read, where it is as it was.
Json stale_diagnostics(const View& view, const OpenUnit& unit) {
  Json list = Json::array();
  if (unit.findings == nullptr) return list;
  for (const Finding& finding : unit.findings->findings) {
    const std::optional<Json> range = view.range(finding.where);
    if (!range) continue;
    list.push_back({{"range", *range},
                    {"severity", finding.level == Level::Warning ? 2 : 4},
                    {"code", finding.check},
                    {"source", "snug"},
                    {"message", visible_text(finding.message) + " (stale)"}});
  }
  return list;
}

/// The name by which a finding's file is known, if it is the document.
bool is_file(const Document& document, const std::string& path) {
  return path == document.path() || path == document.real_path();
}

}  // namespace

void Server::start(Waiting waiting) {
  waiting_.push_back(std::move(waiting));
}

void Server::answer_waiting() {
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    std::optional<Outcome> outcome;
    try {
      outcome = answer(*at);
    } catch (const std::exception& error) {
      outcome = Outcome{nullptr, Code::InternalError, error.what()};
    }
    if (!outcome) {
      ++at;
      continue;
    }
    const Json id = at->id;
    at = waiting_.erase(at);
    respond(id, *outcome);
  }
}

void Server::fail_waiting(const std::string& path) {
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    if (at->path != path) {
      ++at;
      continue;
    }
    const Json id = at->id;
    at = waiting_.erase(at);
    respond(id, {nullptr, Code::ContentModified, "the document has changed"});
  }
}

std::optional<Outcome> Server::answer(Waiting& waiting) {
  const auto found = documents_.find(waiting.path);
  if (waiting.method == "codeAction/resolve") return resolve(waiting);
  if (found == documents_.end() || found->second.path().empty()) {
    return Outcome{nothing_for(waiting.method), {}, ""};
  }
  const Document& document = found->second;
  const Known known = units_.known(document, needs_findings(waiting.method));
  switch (known.knowledge) {
    case Knowledge::Pending:
      return std::nullopt;
    case Knowledge::None:
      if (waiting.method == "snug/layout") {
        return Outcome{nullptr, Code::RequestFailed, "no layout is known: " + known.why};
      }
      return Outcome{nothing_for(waiting.method), {}, ""};
    case Knowledge::Stale:
      if (waiting.method == "textDocument/diagnostic") {
        const View last(*known.unit, document, client_.encoding, true);
        return Outcome{{{"kind", "full"}, {"items", stale_diagnostics(last, *known.unit)}}, {}, ""};
      }
      if (needs_findings(waiting.method)) return Outcome{nothing_for(waiting.method), {}, ""};
      break;
    case Knowledge::Fresh:
      break;
  }
  const View view(*known.unit, document, client_.encoding, known.knowledge == Knowledge::Stale);
  if (waiting.method == "textDocument/codeAction") return actions(waiting, view, *known.unit);
  return answer_with(waiting, view, document);
}

std::optional<Outcome> Server::answer_with(Waiting& waiting, const View& view,
                                           const Document& document) {
  const Json& params = waiting.params;
  const Lines& lines = document.lines();
  const Outcome bad{nullptr, Code::InvalidParams, "the request has no usable position"};
  if (waiting.method == "textDocument/codeLens") {
    return Outcome{lenses_json(view, settings_), {}, ""};
  }
  if (waiting.method == "textDocument/diagnostic") {
    const Known known = units_.known(document, true);
    FileLines texts(documents_, *around_.files);
    return Outcome{{{"kind", "full"},
                    {"items", diagnostics_json(known.unit->findings->findings, view.path(),
                                               view.model(), texts, client_)}},
                   {},
                   ""};
  }
  if (waiting.method == "textDocument/inlayHint") {
    const Json* range = member(params, "range");
    const auto start = range != nullptr ? position_in(*range, "start") : std::nullopt;
    const auto end = range != nullptr ? position_in(*range, "end") : std::nullopt;
    if (!start || !end) return bad;
    return Outcome{hints_json(view, lines.offset(*start, client_.encoding),
                              lines.offset(*end, client_.encoding), settings_),
                   {},
                   ""};
  }
  if (waiting.method == "snug/layout") return layout(view, document, params);
  const auto position = position_in(params, "position");
  if (!position) return bad;
  return hover(view, lines.offset(*position, client_.encoding));
}

std::optional<Outcome> Server::hover(const View& view, std::uint64_t offset) {
  Json here = hover_json(view, offset, client_, settings_);
  if (!here.is_null() || settings_.hover != Hovers::All || view.stale()) {
    return Outcome{std::move(here), {}, ""};
  }
  const Known known = units_.known(view.document(), false);
  const auto places = units_.places(known.unit->entry, view.path());
  if (!places) return std::nullopt;
  if (*places == nullptr) return Outcome{nullptr, {}, ""};
  for (const NamedPlace& place : **places) {
    if (place.begin > offset || offset > place.end) continue;
    return Outcome{named_hover_json(view, place, client_, settings_), {}, ""};
  }
  return Outcome{nullptr, {}, ""};
}

Outcome Server::layout(const View& view, const Document& document, const Json& params) {
  const auto position = position_in(params, "position");
  if (!position) return {nullptr, Code::InvalidParams, "the request has no usable position"};
  const std::uint64_t offset = document.lines().offset(*position, client_.encoding);
  const Declared* declared = view.named_at(offset);
  if (declared == nullptr) declared = view.around(offset);
  if (declared == nullptr) return {nullptr, {}, ""};
  return {layout_json(*declared, view, folder_of_path(document.path())), {}, ""};
}

std::optional<Outcome> Server::actions(Waiting& waiting, const View& view, const OpenUnit& unit) {
  if (!client_.action_literals) return Outcome{Json::array(), {}, ""};
  const Json* range = member(waiting.params, "range");
  const auto start = range != nullptr ? position_in(*range, "start") : std::nullopt;
  const auto end = range != nullptr ? position_in(*range, "end") : std::nullopt;
  if (!start || !end) {
    return Outcome{nullptr, Code::InvalidParams, "the request has no usable range"};
  }
  const Lines& lines = view.document().lines();
  FileLines texts(documents_, *around_.files);
  Json list =
      actions_json(view, unit.findings->findings, proven_, lines.offset(*start, client_.encoding),
                   lines.offset(*end, client_.encoding), texts, client_);
  const Json* only = member(waiting.params, {"context", "only"});
  if (only != nullptr && only->is_array() && !only->empty()) {
    Json wanted = Json::array();
    for (Json& action : list) {
      const std::string kind = action["kind"];
      const bool fits = std::any_of(only->begin(), only->end(), [&](const Json& one) {
        return one.is_string() && (one.get<std::string>().empty() || one == kind);
      });
      if (fits) wanted.push_back(std::move(action));
    }
    list = std::move(wanted);
  }
  return Outcome{std::move(list), {}, ""};
}

std::optional<Outcome> Server::resolve(Waiting& waiting) {
  const ActionData data = *action_data(*member(waiting.params, "data"));
  const auto found = documents_.find(waiting.path);
  const Outcome changed{nullptr, Code::ContentModified,
                        "the text is not the one that the action is for"};
  if (found == documents_.end() || found->second.hash() != data.hash) return changed;
  const auto answer = proven_.find(data.fingerprint);
  if (answer != proven_.end()) return resolved(waiting.params, answer->second);
  const Known known = units_.known(found->second, true);
  if (known.knowledge == Knowledge::Pending) return std::nullopt;
  if (known.knowledge != Knowledge::Fresh) {
    return Outcome{nullptr, Code::RequestFailed, "the fix cannot be proven: " + known.why};
  }
  const auto index = find_finding(known.unit->findings->findings, data);
  if (!index) return changed;
  const bool asked =
      waiting.token != 0 && known.unit->entry == waiting.unit && known.unit->worker != nullptr;
  if (asked) return std::nullopt;
  if (waiting.tries == most_tries) {
    return Outcome{nullptr, Code::RequestFailed, "the fix cannot be proven: the worker is gone"};
  }
  const std::uint64_t token = ++tokens_;
  waiting.unit = known.unit->entry;
  const auto unit = units_.ask(known.unit->entry, *index, token);
  waiting.token = unit ? token : 0;
  waiting.tries += unit ? 1 : 0;
  return std::nullopt;
}

Outcome Server::resolved(const Json& action, const ProofAnswer& proof) {
  if (!proof.refusal.empty()) {
    return {nullptr, Code::RequestFailed, "no edit is made: " + proof.refusal};
  }
  const SuggestedFix& fix = proof.finding.front().fixes.front();
  const ActionData data = *action_data(*member(action, "data"));
  if (!client_.annotations && fix.safety > data.safety) {
    return {nullptr, Code::RequestFailed,
            fmt::format("the fix is not {} but {}: {}; ask for the actions again to apply it",
                        to_string(data.safety), to_string(fix.safety),
                        fix.reasons.empty() ? "other units use the type" : fix.reasons.front())};
  }
  std::string label = action_title(fix);
  if (fix.safety != Safety::Safe && !fix.reasons.empty()) label += ": " + fix.reasons.front();
  FileLines texts(documents_, *around_.files);
  BuiltEdit built =
      workspace_edit(fix.edits, proof.hashes, {label, fix.safety != Safety::Safe}, texts, client_);
  if (!built.refusal.empty()) {
    return {nullptr, Code::ContentModified, "no edit is made: " + built.refusal};
  }
  Json done = action;
  done["title"] = action_title(fix);
  done["edit"] = std::move(built.edit);
  return {std::move(done), {}, ""};
}

void Server::on_proof(ProofAnswer answer) {
  const auto waiting = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& one) {
    return one.token == answer.token && answer.token != 0;
  });
  if (waiting == waiting_.end()) return;
  const ActionData data = *action_data(*member(waiting->params, "data"));
  waiting->token = 0;
  proven_[data.fingerprint] = std::move(answer);
}

void Server::on_layouts(OpenUnit& unit) {
  log(fmt::format("{}: {} records", unit.entry, unit.layouts->model.records.size()));
  if (client_.refreshes_lenses) ask_client("workspace/codeLens/refresh", nullptr);
  if (client_.refreshes_hints) ask_client("workspace/inlayHint/refresh", nullptr);
  for (const auto& [name, document] : documents_) {
    const auto& hashes = unit.layouts->model.file_hashes;
    if (!hashes.contains(document.path()) && !hashes.contains(document.real_path())) continue;
    notify("snug/layoutChanged", {{"uri", document.uri()}, {"version", document.version()}});
  }
}

void Server::on_findings(OpenUnit& unit) {
  log(fmt::format("{}: {} findings", unit.entry, unit.findings->findings.size()));
  if (client_.pulls_diagnostics) {
    if (client_.refreshes_diagnostics) ask_client("workspace/diagnostic/refresh", nullptr);
    return;
  }
  for (const auto& [name, document] : documents_) {
    const Known known = units_.known(document, true);
    if (known.knowledge == Knowledge::Fresh && known.unit == &unit) publish(document, unit);
  }
}

void Server::publish(const Document& document, const OpenUnit& unit) {
  FileLines texts(documents_, *around_.files);
  const Model& model = unit.layouts->model;
  Json list = Json::array();
  for (const Finding& finding : unit.findings->findings) {
    if (!is_file(document, finding.where.file)) continue;
    if (auto one = diagnostic_json(finding, model, texts, client_)) list.push_back(std::move(*one));
  }
  published_.insert(document.uri());
  notify(
      "textDocument/publishDiagnostics",
      {{"uri", document.uri()}, {"version", document.version()}, {"diagnostics", std::move(list)}});
}

void Server::on_trouble(OpenUnit& unit) {
  const bool checks = unit.trouble.empty();
  const std::string sentence =
      fmt::format("{}: {}: {}", unit.entry,
                  checks ? "the checks gave no result"
                         : (unit.layouts != nullptr ? "it cannot be read now, and the last layouts "
                                                      "stay"
                                                    : "it cannot be read"),
                  checks ? unit.check_trouble : unit.trouble);
  // A worker that ends by itself is an error of this program or of the system; code that does not
  // compile is the daily bread of an editor.
  const std::string& why = checks ? unit.check_trouble : unit.trouble;
  const bool serious = why.starts_with("the worker is gone") || why.starts_with("it took too long");
  if (serious && !unit.told) {
    unit.told = true;
    warn(sentence);
  }
  log(sentence);
}

}  // namespace snug::lsp
