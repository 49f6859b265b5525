// A process beside the server that reads code: what goes wrong in it costs its own answers alone.
//
// It is a fork of the server, so that every open text is there without being sent. Questions and
// answers pass through two pipes, each behind its length. It dies with the server.
// REQUIRES: the process has no other threads.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace snug::lsp {

/// One question or answer.
struct Letter {
  std::uint8_t kind = 0;
  std::string bytes;
};

/// The worker's side of the pipes.
class WorkerEnd {
 public:
  WorkerEnd(int in, int out) : in_(in), out_(out) {}
  /// Ends the process if the server is gone.
  void send(std::uint8_t kind, std::string_view bytes) const;
  /// Waits for a question; nothing if there will be none.
  [[nodiscard]] std::optional<Letter> receive() const;
  /// Can be read if there is a question, or if there will be none.
  [[nodiscard]] int descriptor() const { return in_; }

 private:
  int in_;
  int out_;
};

/// The server's side. The process is killed, with all that it started, when this goes.
class Worker {
 public:
  using Body = std::function<void(const WorkerEnd& end)>;

  /// Forks and runs the body, then ends the process. Throws Error if there can be no process.
  explicit Worker(const Body& body);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  /// Has something to say if this can be read.
  [[nodiscard]] int descriptor() const { return from_; }
  [[nodiscard]] pid_t id() const { return id_; }
  /// Never waits: what the process does not take now is sent by send_more().
  void ask(std::uint8_t kind, std::string_view bytes);
  /// True while there is more to send, once the descriptor can be written.
  [[nodiscard]] bool sends() const { return !unsent_.empty(); }
  [[nodiscard]] int sending_descriptor() const { return to_; }
  void send_more();
  /// Reads once what has come. False at the end: the process is gone.
  [[nodiscard]] bool read_more();
  /// The next answer that has come whole.
  [[nodiscard]] std::optional<Letter> next();
  /// After the end: "it was ended by signal 11 (Segmentation fault)". Waits for the process.
  [[nodiscard]] std::string how_it_ended();

 private:
  pid_t id_ = -1;
  int to_ = -1;
  int from_ = -1;
  std::string received_;
  std::string unsent_;
};

}  // namespace snug::lsp
