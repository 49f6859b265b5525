#include "lsp/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/visible_text.hpp"
#include "lsp/actions.hpp"
#include "lsp/json_reading.hpp"

namespace snug::lsp {
namespace {

constexpr int message_warning = 2;  // MessageType
constexpr int message_log = 3;

/// Requests that are answered once their document's unit is known.
constexpr std::array<std::string_view, 6> waiting_methods = {
    "textDocument/hover",      "textDocument/codeLens",   "textDocument/inlayHint",
    "textDocument/codeAction", "textDocument/diagnostic", "snug/layout"};

bool waits(std::string_view method) {
  return std::find(waiting_methods.begin(), waiting_methods.end(), method) != waiting_methods.end();
}

/// Brackets inside each other: what is nested deeper would take the stack when it is written.
bool is_too_deep(std::string_view body) {
  constexpr std::size_t deepest = 256;
  std::size_t depth = 0;
  bool text = false;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (text) {
      if (c == '\\') ++at;
      if (c == '"') text = false;
    } else if (c == '"') {
      text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

bool is_id(const Json& id) {
  return id.is_string() || id.is_number_integer();
}

}  // namespace

Server::Server(Surroundings surroundings)
    : around_(std::move(surroundings)),
      units_(documents_, [this](const std::string& path) { return reading(path); },
             {[this](OpenUnit& unit) { on_layouts(unit); },
              [this](OpenUnit& unit) { on_findings(unit); },
              [this](OpenUnit& unit) { on_trouble(unit); },
              [this](ProofAnswer answer) { on_proof(std::move(answer)); },
              [this](const std::string& sentence) { log(sentence); }}) {}

Server::~Server() = default;

void Server::receive(const std::string& body) {
  if (is_too_deep(body)) {
    respond(nullptr, {nullptr, Code::InvalidRequest, "the message is nested too deeply"});
    return log(fmt::format("a message of {} bytes is nested too deeply", body.size()));
  }
  const Json message = Json::parse(body, nullptr, false);
  if (message.is_discarded()) {
    respond(nullptr, {nullptr, Code::ParseError, "the message is no JSON"});
    return log(fmt::format("a message of {} bytes is no JSON", body.size()));
  }
  try {
    dispatch(message);
  } catch (const std::exception& error) {
    const Json* id = member(message, "id");
    log(fmt::format("internal error: {}", error.what()));
    if (id != nullptr && member(message, "method") != nullptr) {
      respond(*id, {nullptr, Code::InternalError, error.what()});
    }
  }
  answer_waiting();
}

void Server::complain(const std::string& sentence) {
  log(sentence);
}

void Server::dispatch(const Json& message) {
  const auto method = text_in(message, "method");
  const Json* id = member(message, "id");
  if (!method) {
    // An answer of the client to one of our requests: nothing hangs on it.
    const bool answer =
        message.is_object() && (message.contains("result") || message.contains("error"));
    if (!answer) {
      respond(id != nullptr && is_id(*id) ? *id : Json(nullptr),
              {nullptr, Code::InvalidRequest, "a message needs a method"});
    }
    return;
  }
  const Json* params = member(message, "params");
  const Json none = Json::object();
  const Json& given = params != nullptr ? *params : none;
  trace(fmt::format("received {}{}", *method, id != nullptr ? " " + id->dump() : ""));
  if (id == nullptr) return notification(*method, given);
  if (!is_id(*id)) {
    return respond(nullptr, {nullptr, Code::InvalidRequest, "an id is a number or a text"});
  }
  request(*method, *id, given);
}

void Server::request(const std::string& method, const Json& id, const Json& params) {
  const auto fail = [&](Code code, const std::string& why) { respond(id, {nullptr, code, why}); };
  if (method == "initialize") {
    if (initialized_) return fail(Code::InvalidRequest, "the server is initialized already");
    return respond(id, {initialize(params), {}, ""});
  }
  if (!initialized_) return fail(Code::NotInitialized, "initialize comes first");
  if (shut_down_) return fail(Code::InvalidRequest, "the server is shutting down");
  if (method == "shutdown") {
    shut_down_ = true;
    jobs_.clear();
    return respond(id, {nullptr, {}, ""});
  }
  if (method == "workspace/executeCommand") return execute(id, params);
  if (method == "snug/records") return respond(id, records(params));
  if (method == "codeAction/resolve") {
    const Json* data = member(params, "data");
    const auto action = data != nullptr ? action_data(*data) : std::nullopt;
    if (!action) return respond(id, {params, {}, ""});  // It has its edit.
    return start({id, method, params, path_of(action->uri).value_or(action->uri), 0, ""});
  }
  if (!waits(method)) {
    return fail(Code::MethodNotFound, fmt::format("there is no method {}", visible_text(method)));
  }
  const Document* document = document_of(params);
  if (document == nullptr) {
    return fail(Code::InvalidParams, "the request names no open document");
  }
  if (method == "snug/layout" && member(params, "targets") != nullptr) {
    return show_targets(id, params);
  }
  const std::string name = document->path().empty() ? document->uri() : document->path();
  start({id, method, params, name, 0, ""});
}

void Server::notification(const std::string& method, const Json& params) {
  if (method == "exit") {
    ended_ = true;
    return;
  }
  if (!initialized_ || shut_down_) return;
  if (method == "initialized") return initialized();
  if (method == "textDocument/didOpen") return open(params);
  if (method == "textDocument/didChange") return change(params);
  if (method == "textDocument/didSave") return save(params);
  if (method == "textDocument/didClose") return close(params);
  if (method == "workspace/didChangeConfiguration") {
    if (const Json* settings = member(params, "settings")) take_settings(*settings);
    return units_.disk_changed();
  }
  if (method == "workspace/didChangeWatchedFiles") {
    proven_.clear();
    return units_.disk_changed();
  }
  if (method == "workspace/didChangeWorkspaceFolders") return change_folders(params);
  if (method == "$/cancelRequest") {
    const Json* id = member(params, "id");
    return id != nullptr ? cancel(*id) : void();
  }
  if (method == "window/workDoneProgress/cancel") {
    const auto token = text_in(params, "token");
    for (Job& job : jobs_) {
      if (token && job.progress == *token) return cancel(job.id);
    }
    return;
  }
  if (method == "$/setTrace") {
    tracing_ = text_in(params, "value").value_or("off") != "off";
  }
  // What is not known may be ignored where it begins with "$/", and does no harm elsewhere.
}

void Server::cancel(const Json& id) {
  const Outcome cancelled{nullptr, Code::Cancelled, "cancelled"};
  for (auto at = waiting_.begin(); at != waiting_.end(); ++at) {
    if (at->id != id) continue;
    const auto unit = units_.all().find(at->unit);
    if (at->token != 0 && unit != units_.all().end()) units_.stop(unit->first);
    waiting_.erase(at);
    return respond(id, cancelled);
  }
  for (auto at = jobs_.begin(); at != jobs_.end(); ++at) {
    if (at->id != id) continue;
    at->worker.reset();
    at->failure = "cancelled";
    finish(*at);
    jobs_.erase(at);
    return;
  }
}

void Server::respond(const Json& id, const Outcome& outcome) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  if (outcome.error) {
    message["error"] = {{"code", static_cast<int>(*outcome.error)},
                        {"message", visible_text(outcome.message)}};
  } else {
    message["result"] = outcome.result;
  }
  trace(fmt::format("answered {}{}", id.dump(), outcome.error ? ": " + outcome.message : ""));
  around_.send(dump(message));
}

void Server::notify(const std::string& method, Json params) {
  around_.send(dump({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}));
}

void Server::ask_client(const std::string& method, Json params) {
  Json message = {
      {"jsonrpc", "2.0"}, {"id", fmt::format("snug-{}", ++tokens_)}, {"method", method}};
  if (!params.is_null()) message["params"] = std::move(params);
  around_.send(dump(message));
}

void Server::log(const std::string& sentence) {
  around_.log(sentence);
  if (initialized_) {
    notify("window/logMessage", {{"type", message_log}, {"message", visible_lines(sentence)}});
  }
}

void Server::trace(const std::string& sentence) {
  around_.log(sentence);
  if (tracing_) notify("$/logTrace", {{"message", visible_text(sentence)}});
}

void Server::warn(const std::string& sentence) {
  around_.log(sentence);
  notify("window/showMessage", {{"type", message_warning}, {"message", visible_lines(sentence)}});
}

void Server::tick() {
  units_.tick(Clock::now());
  answer_waiting();
}

std::vector<int> Server::descriptors() const {
  std::vector<int> all = units_.descriptors();
  for (const Job& job : jobs_) {
    if (job.worker != nullptr) all.push_back(job.worker->descriptor());
  }
  return all;
}

void Server::hear(int descriptor) {
  for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
    if (job->worker == nullptr || job->worker->descriptor() != descriptor) continue;
    hear_job(*job);
    if (job->worker == nullptr) jobs_.erase(job);
    return;
  }
  units_.hear(descriptor);
  answer_waiting();
}

}  // namespace snug::lsp
