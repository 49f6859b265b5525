// The language server: messages in, messages out. It reads no code itself and has no threads.
//
// A request that needs to know what a unit looks like waits until that is known for the text that
// the document has; an edit of the document meanwhile ends it with ContentModified.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "lsp/diagnostics.hpp"
#include "lsp/documents.hpp"
#include "lsp/open_units.hpp"
#include "lsp/settings.hpp"
#include "lsp/view.hpp"
#include "session/plans.hpp"

namespace snug::lsp {

/// Error codes of the protocol.
enum class Code : int {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  NotInitialized = -32002,
  RequestFailed = -32803,
  ContentModified = -32801,
  Cancelled = -32800,
};

/// What a request is answered with.
struct Outcome {
  Json result;
  std::optional<Code> error;
  std::string message;  ///< Of an error.
};

/// What the server stands on. All that is pointed to outlives it.
struct Surroundings {
  ProjectSpec spec;  ///< Of the command line; its current folder is where folders are missing.
  CheckPlan plan;
  const Files* files = nullptr;
  std::function<void(const std::string& body)> send;
  std::function<void(const std::string& sentence)> log;
};

class Server {
 public:
  explicit Server(Surroundings surroundings);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Takes one message.
  void receive(const std::string& body);
  /// Bytes came that are no message.
  void complain(const std::string& sentence);
  /// The client is gone.
  void hang_up() { ended_ = true; }
  void tick();
  /// When tick() has to be called at the latest.
  [[nodiscard]] Clock::time_point next_due() const { return units_.next_due(); }
  /// What else can be read, beside the client's messages.
  [[nodiscard]] std::vector<int> descriptors() const;
  void hear(int descriptor);
  /// What can take more once it can be written.
  [[nodiscard]] std::vector<int> senders() const { return units_.senders(); }
  void send_more(int descriptor) { units_.send_more(descriptor); }

  [[nodiscard]] bool ended() const { return ended_; }
  /// 0 after `shutdown`, else 1.
  [[nodiscard]] int exit_status() const { return shut_down_ ? 0 : 1; }

 private:
  /// A request that cannot be answered yet.
  struct Waiting {
    Json id;
    std::string method;
    Json params;
    std::string path;         ///< Of its document, as `documents_` names it; empty: none.
    std::uint64_t token = 0;  ///< Of the question that was asked for it; 0: none.
    std::string unit;         ///< Entry of the unit that was asked.
    unsigned tries = 0;       ///< How often.
  };
  /// A worker that reads for one request alone.
  struct Job {
    Json id;
    std::string kind;
    std::string progress;  ///< Token; empty: none.
    std::unique_ptr<Worker> worker;
    std::shared_ptr<const Layouts> layouts;
    Json result;
    std::string failure;
    Clock::time_point told;  ///< When progress was reported last.
  };
  using Requests = std::list<Waiting>;

  // server.cpp: messages.
  void dispatch(const Json& message);
  void request(const std::string& method, const Json& id, const Json& params);
  void notification(const std::string& method, const Json& params);
  void cancel(const Json& id);
  void respond(const Json& id, const Outcome& outcome);
  void notify(const std::string& method, Json params);
  void ask_client(const std::string& method, Json params);
  void log(const std::string& sentence);
  void trace(const std::string& sentence);
  void warn(const std::string& sentence);

  // server_life.cpp: the client, its settings and its documents.
  Json initialize(const Json& params);
  void initialized();
  void take_settings(const Json& json);
  void open(const Json& params);
  void change(const Json& params);
  void save(const Json& params);
  void close(const Json& params);
  void change_folders(const Json& params);
  [[nodiscard]] Reading reading(const std::string& path) const;
  [[nodiscard]] std::string folder_of_path(const std::string& path) const;
  [[nodiscard]] Document* document_of(const Json& params);

  // server_requests.cpp: what waits for units.
  void start(Waiting waiting);
  void answer_waiting();
  void fail_waiting(const std::string& path);
  [[nodiscard]] std::optional<Outcome> answer(Waiting& waiting);
  [[nodiscard]] std::optional<Outcome> answer_with(Waiting& waiting, const View& view,
                                                   const Document& document);
  [[nodiscard]] std::optional<Outcome> hover(const View& view, std::uint64_t offset);
  [[nodiscard]] std::optional<Outcome> actions(Waiting& waiting, const View& view,
                                               const OpenUnit& unit);
  [[nodiscard]] std::optional<Outcome> resolve(Waiting& waiting);
  [[nodiscard]] Outcome resolved(const Json& action, const ProofAnswer& proof);
  [[nodiscard]] Outcome layout(const View& view, const Document& document, const Json& params);
  void on_layouts(OpenUnit& unit);
  void on_findings(OpenUnit& unit);
  void on_trouble(OpenUnit& unit);
  void on_proof(ProofAnswer answer);
  void publish(const Document& document, const OpenUnit& unit);

  // server_commands.cpp: commands and what reads the whole project.
  void execute(const Json& id, const Json& params);
  void run_job(const Json& id, const std::string& kind, const Json& params,
               const Worker::Body& body);
  void hear_job(Job& job);
  void take(Job& job, const Letter& letter);
  void finish(Job& job);
  void begin_progress(Job& job, const Json& params);
  void apply(const Json& id, const FileEdits& edits);
  void publish_project(const Layouts& layouts, const Findings& findings);
  void show_targets(const Json& id, const Json& params);
  [[nodiscard]] Outcome records(const Json& params) const;

  Surroundings around_;
  Client client_;
  Settings settings_;
  Documents documents_;
  OpenUnits units_;
  Requests waiting_;
  std::list<Job> jobs_;
  std::map<std::string, ProofAnswer> proven_;  ///< Answers for the texts as they are.
  std::shared_ptr<const Layouts> project_;     ///< Of the last check of the project.
  std::set<std::string> published_;            ///< URIs with diagnostics.
  std::uint64_t tokens_ = 0;
  bool initialized_ = false;
  bool shut_down_ = false;
  bool ended_ = false;
  bool tracing_ = false;
};

}  // namespace snug::lsp
