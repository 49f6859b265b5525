// A client that drives the snug that was just built through two pipes, as an editor does.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lsp/frames.hpp"
#include "report/formats/json_parts.hpp"

namespace snug::test {

/// What a modern editor can do.
[[nodiscard]] Json full_capabilities();

class LspClient {
 public:
  explicit LspClient(const std::vector<std::string>& words = {});
  LspClient(const LspClient&) = delete;
  LspClient& operator=(const LspClient&) = delete;
  ~LspClient();

  /// Sends `initialize` for a folder and `initialized`; returns the capabilities.
  Json initialize(const std::string& folder, const Json& capabilities = full_capabilities(),
                  const Json& options = Json::object());
  void open(const std::string& path, const std::string& text, int version = 1);
  /// Replaces the whole text.
  void change(const std::string& path, const std::string& text, int version);

  void raw(const std::string& bytes);
  void notify(const std::string& method, const Json& params);
  /// Sends a request; its id.
  int send(const std::string& method, const Json& params);
  /// The answer to a request: {"result": ...} or {"error": ...}.
  Json answer(int id);
  /// Sends and waits.
  Json request(const std::string& method, const Json& params) {
    return answer(send(method, params));
  }
  /// The same for a request that succeeds.
  Json result(const std::string& method, const Json& params);
  /// Waits for a message with this method that the predicate likes.
  Json wait_for(const std::string& method, const std::function<bool(const Json& params)>& wanted);
  /// Diagnostics of a version of a file.
  Json diagnostics(const std::string& path, int version);
  /// Everything that the server has sent and nobody has asked for.
  [[nodiscard]] const std::vector<Json>& seen() const { return seen_; }

  [[nodiscard]] pid_t id() const { return id_; }
  /// `shutdown` and `exit`; the exit status.
  int leave();
  /// Waits for the end of the process; its exit status.
  int end();
  void close_input();

 private:
  /// Reads one message; throws std::runtime_error where none comes within a minute.
  Json read();
  void write(const Json& message);

  pid_t id_ = -1;
  int to_ = -1, from_ = -1;
  int last_ = 0;
  lsp::FrameReader reader_;
  std::map<int, Json> answers_;
  std::vector<Json> seen_;
};

/// {"textDocument": {"uri": ...}}
[[nodiscard]] Json document_params(const std::string& path);
/// The same with a position.
[[nodiscard]] Json at(const std::string& path, int line, int character);
/// The text with the edits of one document of a WorkspaceEdit, positions in UTF-16.
[[nodiscard]] std::string edited(const std::string& text, const Json& edits);

}  // namespace snug::test
