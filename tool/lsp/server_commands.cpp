// Commands, and what reads more than one unit: each has a worker of its own and can be cancelled.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/check.hpp"
#include "base/error.hpp"
#include "base/visible_text.hpp"
#include "lsp/actions.hpp"
#include "lsp/json_reading.hpp"
#include "lsp/layout_text.hpp"
#include "lsp/server.hpp"
#include "report/formats/uri.hpp"
#include "session/ranking.hpp"

namespace snug::lsp {
namespace {

constexpr std::chrono::milliseconds between_reports{100};

/// The argument at an index; null if there is none.
const Json* argument(const Json& params, std::size_t index) {
  const Json* list = member(params, "arguments");
  if (list == nullptr || !list->is_array() || index >= list->size()) return nullptr;
  return &(*list)[index];
}

std::optional<std::string> text_argument(const Json& params, std::size_t index) {
  const Json* value = argument(params, index);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

const Check* check_named(const std::string& name) {
  for (const Check* check : all_checks()) {
    if (check->id == name) return check;
  }
  return nullptr;
}

}  // namespace

void Server::execute(const Json& id, const Json& params) {
  const auto fail = [&](Code code, const std::string& why) { respond(id, {nullptr, code, why}); };
  const std::string command = text_in(params, "command").value_or("");
  if (command == "snug.showLayout") {
    const auto uri = text_argument(params, 0);
    const Json* position = argument(params, 1);
    if (!uri || position == nullptr) {
      return fail(Code::InvalidParams, "snug.showLayout needs a uri and a position");
    }
    const Json asked = {{"textDocument", {{"uri", *uri}}}, {"position", *position}};
    const Document* document = document_of(asked);
    if (document == nullptr) return fail(Code::InvalidParams, "the document is not open");
    return start({id, "snug/layout", asked,
                  document->path().empty() ? document->uri() : document->path(), 0, ""});
  }
  if (command == "snug.explainCheck") {
    const Check* check = check_named(text_argument(params, 0).value_or(""));
    if (check == nullptr) return fail(Code::InvalidParams, "snug.explainCheck needs a check");
    return respond(id,
                   {fmt::format("{}: {}\n\n{}", check->id, check->summary, check->doc), {}, ""});
  }
  if (command != "snug.checkProject" && command != "snug.applySafeFixes") {
    return fail(Code::InvalidParams,
                fmt::format("there is no command '{}'", visible_text(command)));
  }
  const auto uri = text_argument(params, 0);
  const std::string path = uri ? path_of(*uri).value_or("") : "";
  Reading whole = reading(path);
  whole.spec.files.clear();
  if (command == "snug.checkProject") {
    return run_job(id, command, params,
                   [whole](const WorkerEnd& end) { read_project(whole, end); });
  }
  if (!path.empty() && documents_.contains(path)) whole.spec.files = {path};
  run_job(id, command, params, [whole](const WorkerEnd& end) { find_safe_edits(whole, end); });
}

void Server::show_targets(const Json& id, const Json& params) {
  const auto fail = [&](Code code, const std::string& why) { respond(id, {nullptr, code, why}); };
  const Document* document = document_of(params);
  const auto position = position_in(params, "position");
  const Json& list = *member(params, "targets");
  std::vector<std::string> targets;
  for (const Json& target : list.is_array() ? list : Json::array()) {
    if (target.is_string()) targets.push_back(target.get<std::string>());
  }
  if (!position || targets.empty() || targets.size() > 8) {
    return fail(Code::InvalidParams, "targets has to be a list of 1 to 8 triples");
  }
  const Known known = units_.known(*document, false);
  if (known.knowledge != Knowledge::Fresh) {
    return fail(Code::RequestFailed,
                "the document has not been read yet; ask for one layout first");
  }
  const View view(*known.unit, *document, client_.encoding, false);
  const std::uint64_t offset = document->lines().offset(*position, client_.encoding);
  const Declared* declared = view.named_at(offset);
  if (declared == nullptr) declared = view.around(offset);
  if (declared == nullptr) return respond(id, {nullptr, {}, ""});
  const SourceRange where = declared->front()->where;
  const Reading read = reading(known.unit->entry);
  run_job(id, "snug/layout", params, [read, where, targets](const WorkerEnd& end) {
    draw_on_targets(read, where.file, where.begin, targets, end);
  });
}

void Server::run_job(const Json& id, const std::string& kind, const Json& params,
                     const Worker::Body& body) {
  Job job;
  job.id = id;
  job.kind = kind;
  job.told = Clock::now();
  try {
    job.worker = std::make_unique<Worker>(body);
  } catch (const Error& error) {
    return respond(id, {nullptr, Code::RequestFailed, error.what()});
  }
  begin_progress(job, params);
  jobs_.push_back(std::move(job));
}

void Server::begin_progress(Job& job, const Json& params) {
  if (const auto token = text_in(params, "workDoneToken")) {
    job.progress = *token;
  } else if (client_.creates_progress) {
    job.progress = fmt::format("snug-progress-{}", ++tokens_);
    ask_client("window/workDoneProgress/create", {{"token", job.progress}});
  }
  if (job.progress.empty()) return;
  notify("$/progress",
         {{"token", job.progress},
          {"value",
           {{"kind", "begin"}, {"title", "snug"}, {"cancellable", true}, {"percentage", 0}}}});
}

void Server::hear_job(Job& job) {
  const bool alive = job.worker->read_more();
  try {
    while (const std::optional<Letter> letter = job.worker->next()) take(job, *letter);
  } catch (const Error& error) {
    job.failure = error.what();
  }
  if (alive && job.failure.empty()) return;
  const bool done = !job.result.is_null();
  const std::string end = alive ? "" : job.worker->how_it_ended();
  job.worker.reset();
  if (!done && job.failure.empty()) job.failure = "the worker is gone: " + end;
  finish(job);
}

void Server::take(Job& job, const Letter& letter) {
  switch (static_cast<AnswerKind>(letter.kind)) {
    case AnswerKind::Layouts:
      job.layouts = std::make_shared<const Layouts>(layouts_from(letter.bytes));
      return;
    case AnswerKind::Findings: {
      const Findings findings = findings_from(letter.bytes);
      project_ = job.layouts;
      publish_project(*job.layouts, findings);
      std::uint64_t failed = 0;
      for (const Unit& unit : job.layouts->model.units) {
        failed += unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped ? 1 : 0;
      }
      job.result = {{"units", job.layouts->model.units.size()},
                    {"unitsFailed", failed},
                    {"findings", findings.findings.size()}};
      return;
    }
    case AnswerKind::Text:
      job.result = {{"text", visible_lines(letter.bytes)}};
      return;
    case AnswerKind::Edits:
      job.result = true;
      apply(job.id, edits_from(letter.bytes));
      return;
    case AnswerKind::Progress: {
      if (job.progress.empty() || Clock::now() - job.told < between_reports) return;
      job.told = Clock::now();
      Unpacker from(letter.bytes);
      const std::uint64_t count = from.number(), total = from.number();
      notify("$/progress", {{"token", job.progress},
                            {"value",
                             {{"kind", "report"},
                              {"message", fmt::format("{} of {} units", count, total)},
                              {"percentage", total == 0 ? 0 : count * 100 / total}}}});
      return;
    }
    case AnswerKind::Note:
      return log(letter.bytes);
    case AnswerKind::Failure:
      job.failure = letter.bytes;
      return;
    case AnswerKind::Proof:
    case AnswerKind::Begin:
    case AnswerKind::Places:
      return;
  }
}

void Server::finish(Job& job) {
  if (!job.progress.empty()) {
    notify("$/progress",
           {{"token", job.progress},
            {"value", {{"kind", "end"}, {"message", job.failure.empty() ? "done" : "no result"}}}});
  }
  if (job.failure == "cancelled") {
    return respond(job.id, {nullptr, Code::Cancelled, "cancelled"});
  }
  if (!job.failure.empty()) {
    return respond(job.id, {nullptr, Code::RequestFailed, job.failure});
  }
  if (job.kind != "snug.applySafeFixes") respond(job.id, {job.result, {}, ""});
}

/// Hands the edits to the client, if every file is what was read.
void Server::apply(const Json& id, const FileEdits& edits) {
  Json result = {{"fixes", edits.fixes}, {"left", Json::array()}};
  for (const std::string& left : edits.left) result["left"].push_back(visible_text(left));
  if (edits.edits.empty()) return respond(id, {std::move(result), {}, ""});
  FileLines texts(documents_, *around_.files);
  const std::string label = fmt::format("Apply {} safe fixes", edits.fixes);
  BuiltEdit built = workspace_edit(edits.edits, edits.hashes, {label, false}, texts, client_);
  if (!built.refusal.empty()) {
    return respond(id, {nullptr, Code::ContentModified, "nothing is changed: " + built.refusal});
  }
  ask_client("workspace/applyEdit", {{"label", label}, {"edit", std::move(built.edit)}});
  respond(id, {std::move(result), {}, ""});
}

/// Diagnostics of files that are not open; those of open ones come from their units.
void Server::publish_project(const Layouts& layouts, const Findings& findings) {
  FileLines texts(documents_, *around_.files);
  std::map<std::string, Json> lists;
  for (const std::string& uri : published_) {
    const std::string path = path_of(uri).value_or(uri);
    if (open_document(documents_, path) == nullptr) lists[path] = Json::array();
  }
  for (const Finding& finding : findings.findings) {
    const std::string& path = finding.where.file;
    if (path.empty() || open_document(documents_, path) != nullptr) continue;
    auto diagnostic = diagnostic_json(finding, layouts.model, texts, client_);
    if (!diagnostic) continue;
    lists.try_emplace(path, Json::array()).first->second.push_back(std::move(*diagnostic));
  }
  for (auto& [path, list] : lists) {
    const std::string uri = file_uri(path);
    list.empty() ? void(published_.erase(uri)) : void(published_.insert(uri));
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", std::move(list)}});
  }
}

Outcome Server::records(const Json& params) const {
  const std::string sort = text_in(params, "sort").value_or("waste");
  SortKey key = SortKey::Waste;
  if (sort == "size")
    key = SortKey::Size;
  else if (sort == "padding")
    key = SortKey::Padding;
  else if (sort == "name")
    key = SortKey::Name;
  else if (sort != "waste") {
    return {nullptr, Code::InvalidParams, "sort is one of size, padding, waste, name"};
  }
  std::vector<std::shared_ptr<const Layouts>> sources;
  if (project_ != nullptr) sources.push_back(project_);
  if (project_ == nullptr) {
    for (const auto& [entry, unit] : units_.all()) {
      if (unit.layouts != nullptr) sources.push_back(unit.layouts);
    }
  }
  std::vector<ListRow> rows;
  std::map<const Record*, const Layouts*> owners;
  std::set<std::string> seen;
  for (const auto& layouts : sources) {
    for (const ListRow& row : list_rows(layouts->model, layouts->orders)) {
      if (!seen.insert(row.record->id).second) continue;
      owners[row.record] = &*layouts;
      rows.push_back(row);
    }
  }
  sort_rows(rows, key);
  const std::int64_t top = number_in(params, "top").value_or(0);
  if (top > 0 && rows.size() > static_cast<std::size_t>(top)) {
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(top), rows.end());
  }
  FileLines texts(documents_, *around_.files);
  Json list = Json::array();
  for (const ListRow& row : rows) {
    Json json = {{"id", row.record->id},        {"name", visible_text(row.record->name)},
                 {"size", row.record->size},    {"padding", row.padding},
                 {"savedEach", row.saved_each}, {"objects", row.instances},
                 {"saved", row.waste()}};
    const auto location =
        location_json(row.record->where, owners[row.record]->model, texts, client_.encoding);
    if (location) json["location"] = *location;
    list.push_back(std::move(json));
  }
  return {{{"records", std::move(list)}, {"wholeProject", project_ != nullptr}}, {}, ""};
}

}  // namespace snug::lsp
