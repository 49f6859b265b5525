#include "base/process.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "base/ending_signals.hpp"
#include "base/error.hpp"

extern char** environ;

namespace snug {
namespace {

using Clock = std::chrono::steady_clock;

/// The two ends of a pipe, closed at the end of the scope.
struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    int ends[2];
    if (::pipe(ends) != 0) throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    read_end = ends[0];
    write_end = ends[1];
    ::fcntl(read_end, F_SETFD, FD_CLOEXEC);
    ::fcntl(write_end, F_SETFD, FD_CLOEXEC);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_read();
    close_write();
  }
  void close_read() { close(read_end); }
  void close_write() { close(write_end); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& added,
                                          const std::string& hidden) {
  std::vector<std::string> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (!hidden.empty() && name.starts_with(hidden)) continue;
    const bool replaced = std::any_of(added.begin(), added.end(), [&](const std::string& other) {
      return other.substr(0, other.find('=')) == name;
    });
    if (!replaced) all.emplace_back(text);
  }
  all.insert(all.end(), added.begin(), added.end());
  return all;
}

/// What the child does between fork and exec: async-signal-safe calls only.
[[noreturn]] void become(const char* path, char* const* arguments, char* const* environment,
                         const char* directory, int out, int err, int failure, pid_t parent) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (::getppid() != parent) ::_exit(126);
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (directory[0] == '\0' || ::chdir(directory) == 0) ::execve(path, arguments, environment);
  const int reason = errno;
  if (::write(failure, &reason, sizeof reason) < 0) ::_exit(126);
  ::_exit(127);
}

/// Appends what can be read now. False at the end of the stream.
bool drain(int descriptor, std::string& text, std::size_t limit) {
  std::array<char, 16384> buffer;
  const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  const std::size_t room = limit - std::min(limit, text.size());
  text.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
  return count > 0;
}

/// Milliseconds until the deadline or the next look for signals.
int wait_time(const ProgramOptions& options, Clock::time_point start) {
  constexpr std::int64_t signal_latency = 50;
  if (options.timeout.count() == 0) return signal_latency;
  const auto left =
      options.timeout - std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, signal_latency));
}

/// A child that runs. If nothing else has seen its end, it is killed when the scope is left.
class RunningProgram {
 public:
  explicit RunningProgram(pid_t id) : id_(id) {}
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;
  ~RunningProgram() {
    if (id_ > 0) (void)kill();
  }

  /// Its wait status, if it has ended.
  std::optional<int> ended() {
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
    id_ = -1;
    return status;
  }

  /// Ends the group, as programs that it has started must not outlive it either. The wait status.
  int kill() {
    ::kill(-id_, SIGKILL);
    ::kill(id_, SIGKILL);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    return status;
  }

 private:
  pid_t id_;
};

/// Reads both streams until they end or the time is over.
void collect(Pipe& out, Pipe& err, const ProgramOptions& options, const EndingSignals& signals,
             Clock::time_point start, ProgramResult& result) {
  while (out.read_end >= 0 || err.read_end >= 0) {
    std::array<pollfd, 2> ends{pollfd{out.read_end, POLLIN, 0}, pollfd{err.read_end, POLLIN, 0}};
    const int ready = ::poll(ends.data(), ends.size(), wait_time(options, start));
    if (ready < 0 && errno != EINTR) return;
    signals.check();
    if (options.timeout.count() != 0 && Clock::now() - start >= options.timeout) {
      result.timed_out = true;
      return;
    }
    if (ready <= 0) continue;
    if (ends[0].revents != 0 && !drain(out.read_end, result.out, options.max_output)) {
      out.close_read();
    }
    if (ends[1].revents != 0 && !drain(err.read_end, result.err, options.max_output)) {
      err.close_read();
    }
  }
}

/// Waits for the end of a child whose streams have ended or whose time is over. Its wait status.
int await(RunningProgram& child, const ProgramOptions& options, const EndingSignals& signals,
          Clock::time_point start, ProgramResult& result) {
  while (!result.timed_out) {
    if (const auto status = child.ended()) return *status;
    signals.check();
    result.timed_out = options.timeout.count() != 0 && Clock::now() - start >= options.timeout;
    if (!result.timed_out) ::poll(nullptr, 0, 1);
  }
  return child.kill();
}

}  // namespace

std::string find_program(const std::string& name, unsigned skip) {
  if (name.find('/') != std::string::npos) {
    return skip == 0 && ::access(name.c_str(), X_OK) == 0 ? name : "";
  }
  const char* path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!name.empty() && !folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string_view folder = folders.substr(0, end);
    folders.remove_prefix(std::min(end + 1, folders.size()));
    // An empty or relative entry means "wherever I happen to be": never run a program from there.
    if (!folder.starts_with('/')) continue;
    std::string candidate = fmt::format("{}/{}", folder, name);
    if (::access(candidate.c_str(), X_OK) == 0 && skip-- == 0) return candidate;
  }
  return "";
}

ProgramResult run_program(const std::vector<std::string>& arguments,
                          const ProgramOptions& options) {
  const std::string path = arguments.empty() ? "" : find_program(arguments[0]);
  if (path.empty()) {
    throw Error(fmt::format("{}: no such program", arguments.empty() ? "" : arguments[0]));
  }
  const std::vector<std::string> environment =
      environment_with(options.environment, options.hidden);
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  Pipe out;
  Pipe err;
  Pipe failure;
  const EndingSignals signals;
  const pid_t parent = ::getpid();
  const pid_t id = ::fork();
  if (id < 0) throw Error(fmt::format("cannot start {}: {}", path, std::strerror(errno)));
  if (id == 0) {
    become(path.c_str(), argument_pointers.data(), environment_pointers.data(),
           options.directory.c_str(), out.write_end, err.write_end, failure.write_end, parent);
  }
  ::setpgid(id, id);  // here too: it may be killed before it gets there
  RunningProgram child(id);
  out.close_write();
  err.close_write();
  failure.close_write();

  ProgramResult result;
  const Clock::time_point start = Clock::now();
  collect(out, err, options, signals, start, result);
  const int status = await(child, options, signals, start, result);
  int reason = 0;
  if (::read(failure.read_end, &reason, sizeof reason) == sizeof reason) {
    throw Error(fmt::format("cannot run {}: {}", path, std::strerror(reason)));
  }
  if (WIFEXITED(status)) result.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

}  // namespace snug
