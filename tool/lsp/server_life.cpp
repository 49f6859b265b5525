// The client, what it wants, and the documents that it has open.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "lsp/json_reading.hpp"
#include "lsp/server.hpp"
#include "session/version.hpp"

namespace snug::lsp {
namespace {

constexpr int incremental = 2;  // TextDocumentSyncKind

/// What is watched: databases, configurations and what units may include.
Json watchers() {
  Json list = Json::array();
  for (const char* glob : {"**/compile_commands.json", "**/.snug.toml",
                           "**/*.{c,cc,cpp,cxx,h,hh,hpp,hxx,inl,ipp,inc}"}) {
    list.push_back({{"globPattern", glob}});
  }
  Json one = {{"id", "snug-files"},
              {"method", "workspace/didChangeWatchedFiles"},
              {"registerOptions", {{"watchers", std::move(list)}}}};
  return {{"registrations", Json::array({std::move(one)})}};
}

}  // namespace

Json Server::initialize(const Json& params) {
  client_ = client_of(params);
  initialized_ = true;
  tracing_ = text_in(params, "trace").value_or("off") != "off";
  if (const Json* options = member(params, "initializationOptions")) take_settings(*options);
  Json can = {
      {"positionEncoding", to_string(client_.encoding)},
      {"textDocumentSync",
       {{"openClose", true}, {"change", incremental}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"codeLensProvider", {{"resolveProvider", false}}},
      {"inlayHintProvider", true},
      {"codeActionProvider",
       {{"codeActionKinds", {"quickfix", "refactor"}}, {"resolveProvider", true}}},
      {"executeCommandProvider",
       {{"commands",
         {"snug.showLayout", "snug.checkProject", "snug.applySafeFixes", "snug.explainCheck"}},
        {"workDoneProgress", true}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
      {"experimental", {{"snug", {{"layout", true}, {"records", true}}}}}};
  if (client_.pulls_diagnostics) {
    can["diagnosticProvider"] = {
        {"identifier", "snug"}, {"interFileDependencies", true}, {"workspaceDiagnostics", false}};
  }
  return {{"capabilities", std::move(can)},
          {"serverInfo", {{"name", "snug"}, {"version", tool_info().version}}}};
}

void Server::initialized() {
  if (client_.registers_watchers) ask_client("client/registerCapability", watchers());
}

void Server::take_settings(const Json& json) {
  for (const std::string& wrong : read_settings(json, settings_)) warn(wrong);
}

Document* Server::document_of(const Json& params) {
  const Json* document = member(params, "textDocument");
  const auto uri = document != nullptr ? text_in(*document, "uri") : std::nullopt;
  if (!uri) return nullptr;
  const auto found = documents_.find(path_of(*uri).value_or(*uri));
  return found == documents_.end() ? nullptr : &found->second;
}

void Server::open(const Json& params) {
  const Json* item = member(params, "textDocument");
  if (item == nullptr) return log("didOpen names no document");
  const auto uri = text_in(*item, "uri");
  const auto text = text_in(*item, "text");
  if (!uri || !text) return log("didOpen has no uri or no text");
  const std::string name = path_of(*uri).value_or(*uri);
  documents_.erase(name);
  const auto entry =
      documents_.emplace(name, Document(*uri, number_in(*item, "version").value_or(0), *text));
  units_.opened(entry.first->second);
}

void Server::change(const Json& params) {
  Document* document = document_of(params);
  if (document == nullptr) return log("didChange names no open document");
  const std::string path = document->path().empty() ? document->uri() : document->path();
  fail_waiting(path);
  const Json* changes = member(params, "contentChanges");
  const std::int64_t version =
      number_in(*member(params, "textDocument"), "version").value_or(document->version() + 1);
  if (version <= document->version()) {
    log(fmt::format("{}: version {} comes after version {}", path, version, document->version()));
  }
  const std::string wrong = changes == nullptr
                                ? "contentChanges is missing"
                                : document->change(*changes, version, client_.encoding);
  if (!wrong.empty()) return log(fmt::format("{}: {}; the text stays as it was", path, wrong));
  proven_.clear();
  if (!document->path().empty()) units_.changed(*document);
}

void Server::save(const Json& params) {
  const Document* document = document_of(params);
  if (document == nullptr) return log("didSave names no open document");
  if (!document->path().empty()) units_.saved(*document);
  // Who watches no files may have written others with this one.
  if (!client_.registers_watchers) units_.disk_changed();
}

void Server::close(const Json& params) {
  const Document* document = document_of(params);
  if (document == nullptr) return log("didClose names no open document");
  const std::string path = document->path(), real = document->real_path(), uri = document->uri();
  fail_waiting(path.empty() ? uri : path);
  documents_.erase(path.empty() ? uri : path);
  units_.closed(path, real);
  if (published_.erase(uri) != 0) {
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
  }
}

void Server::change_folders(const Json& params) {
  const Json* event = member(params, "event");
  if (event == nullptr) return;
  const auto each = [&](std::string_view name, auto use) {
    const Json* list = member(*event, name);
    if (list == nullptr || !list->is_array()) return;
    for (const Json& folder : *list) {
      const auto uri = text_in(folder, "uri");
      const auto path = uri ? path_of(*uri) : std::nullopt;
      if (path) use(*path);
    }
  };
  each("removed", [&](const std::string& path) { std::erase(client_.folders, path); });
  each("added", [&](const std::string& path) {
    std::erase(client_.folders, path);
    client_.folders.push_back(path);
  });
  units_.disk_changed();
}

std::string Server::folder_of_path(const std::string& path) const {
  std::string best;
  for (const std::string& folder : client_.folders) {
    const bool inside = path == folder || path.starts_with(folder == "/" ? folder : folder + "/");
    if (inside && folder.size() > best.size()) best = folder;
  }
  if (!best.empty()) return best;
  if (!path.empty()) return std::filesystem::path(path).parent_path().string();
  return client_.folders.empty() ? around_.spec.current_folder : client_.folders.front();
}

Reading Server::reading(const std::string& path) const {
  Reading reading{around_.spec, around_.plan, texts_of(documents_), around_.files};
  ProjectSpec& spec = reading.spec;
  spec.current_folder = folder_of_path(path);
  if (!settings_.build_folder.empty()) {
    spec.build = normal_path(settings_.build_folder, spec.current_folder);
  }
  if (settings_.checks) reading.plan.checks = settings_.checks;
  if (settings_.level) reading.plan.level = settings_.level;
  spec.files = {path};
  return reading;
}

}  // namespace snug::lsp
