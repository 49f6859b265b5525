#include "lsp/client.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

#include "base/text_edit.hpp"
#include "lsp/json_reading.hpp"
#include "report/formats/uri.hpp"

namespace snug::test {

Json full_capabilities() {
  return Json::parse(R"({
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": true},
    "workspace": {
      "workspaceEdit": {"documentChanges": true, "changeAnnotationSupport": {}},
      "codeLens": {"refreshSupport": true},
      "didChangeWatchedFiles": {"dynamicRegistration": true}
    },
    "textDocument": {
      "hover": {"contentFormat": ["markdown"]},
      "codeAction": {
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
        "resolveSupport": {"properties": ["edit"]}
      },
      "publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true}
    }})");
}

LspClient::LspClient(const std::vector<std::string>& words) {
  std::array<int, 2> to{}, from{};
  if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  std::vector<std::string> all = {SNUG_PROGRAM, "lsp", "--cache", "off"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  id_ = ::fork();
  if (id_ == 0) {
    ::dup2(to[0], 0);
    ::dup2(from[1], 1);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(to[0]);
  ::close(from[1]);
  to_ = to[1];
  from_ = from[0];
}

LspClient::~LspClient() {
  close_input();
  ::close(from_);
  if (id_ <= 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void LspClient::close_input() {
  if (to_ >= 0) ::close(to_);
  to_ = -1;
}

void LspClient::raw(const std::string& bytes) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t count = ::write(to_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::runtime_error("the server is gone");
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

void LspClient::write(const Json& message) {
  raw(lsp::framed(message.dump()));
}

Json LspClient::read() {
  constexpr int patience = 120000;  // Milliseconds: machines that test are busy.
  while (true) {
    if (const auto frame = reader_.next()) {
      if (!frame->complaint.empty()) throw std::runtime_error(frame->complaint);
      return Json::parse(frame->body);
    }
    pollfd end{from_, POLLIN, 0};
    if (::poll(&end, 1, patience) <= 0) throw std::runtime_error("the server is silent");
    std::array<char, 1U << 16U> buffer;
    const ssize_t count = ::read(from_, buffer.data(), buffer.size());
    if (count <= 0) throw std::runtime_error("the server is gone");
    reader_.feed({buffer.data(), static_cast<std::size_t>(count)});
  }
}

int LspClient::send(const std::string& method, const Json& params) {
  write({{"jsonrpc", "2.0"}, {"id", ++last_}, {"method", method}, {"params", params}});
  return last_;
}

void LspClient::notify(const std::string& method, const Json& params) {
  write({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

Json LspClient::answer(int id) {
  while (!answers_.contains(id)) {
    const Json message = read();
    const bool asks = message.contains("method") && message.contains("id");
    if (asks) write({{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", nullptr}});
    if (!message.contains("method") && message["id"].is_number()) {
      answers_[message["id"].get<int>()] = message;
    } else {
      seen_.push_back(message);
    }
  }
  return answers_.at(id);
}

Json LspClient::result(const std::string& method, const Json& params) {
  const Json message = request(method, params);
  if (!message.contains("result")) throw std::runtime_error(message.dump());
  return message["result"];
}

Json LspClient::wait_for(const std::string& method,
                         const std::function<bool(const Json& params)>& wanted) {
  for (std::size_t i = 0;; ++i) {
    while (i >= seen_.size()) {
      const Json message = read();
      if (message.contains("method") && message.contains("id")) {
        write({{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", nullptr}});
      }
      if (!message.contains("method") && message["id"].is_number()) {
        answers_[message["id"].get<int>()] = message;
      } else {
        seen_.push_back(message);
      }
    }
    const Json& message = seen_[i];
    if (message.contains("method") && message["method"] == method && wanted(message["params"])) {
      return message["params"];
    }
  }
}

Json LspClient::diagnostics(const std::string& path, int version) {
  const std::string uri = file_uri(path);
  return wait_for("textDocument/publishDiagnostics", [&](const Json& params) {
    return params["uri"] == uri && params.contains("version") && params["version"] == version;
  })["diagnostics"];
}

Json LspClient::initialize(const std::string& folder, const Json& capabilities,
                           const Json& options) {
  const Json capability = result("initialize", {{"processId", nullptr},
                                                {"rootUri", file_uri(folder)},
                                                {"capabilities", capabilities},
                                                {"initializationOptions", options}});
  notify("initialized", Json::object());
  return capability["capabilities"];
}

void LspClient::open(const std::string& path, const std::string& text, int version) {
  notify(
      "textDocument/didOpen",
      {{"textDocument",
        {{"uri", file_uri(path)}, {"languageId", "cpp"}, {"version", version}, {"text", text}}}});
}

void LspClient::change(const std::string& path, const std::string& text, int version) {
  notify("textDocument/didChange",
         {{"textDocument", {{"uri", file_uri(path)}, {"version", version}}},
          {"contentChanges", Json::array({{{"text", text}}})}});
}

int LspClient::leave() {
  (void)request("shutdown", nullptr);
  notify("exit", nullptr);
  return end();
}

int LspClient::end() {
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Json document_params(const std::string& path) {
  return {{"textDocument", {{"uri", file_uri(path)}}}};
}

Json at(const std::string& path, int line, int character) {
  Json params = document_params(path);
  params["position"] = {{"line", line}, {"character", character}};
  return params;
}

std::string edited(const std::string& text, const Json& edits) {
  const lsp::Lines lines(text);
  std::vector<TextEdit> all;
  for (const Json& edit : edits) {
    const auto start = lsp::position_in(edit["range"], "start");
    const auto end = lsp::position_in(edit["range"], "end");
    all.push_back({"", lines.offset(*start, lsp::Encoding::Utf16),
                   lines.offset(*end, lsp::Encoding::Utf16), edit["newText"].get<std::string>()});
  }
  return apply_edits(text, all);
}

}  // namespace snug::test
