// One loop: the client's bytes, the workers' answers, the times at which something is due. Nothing
// in it blocks: answers that the client does not take wait in memory, and while there are too many
// of them nothing more is read.
#include "lsp/serve.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <vector>

#include "base/ending_signals.hpp"
#include "base/error.hpp"
#include "base/visible_text.hpp"
#include "lsp/frames.hpp"
#include "lsp/server.hpp"

namespace snug::lsp {
namespace {

constexpr std::size_t most_unsent = 64U << 20U;  // Bytes, beyond which nothing more is read.
constexpr std::size_t sent_at_once = 4096;       // Bytes that poll() has room for.
constexpr std::size_t most_sent = 1U << 20U;     // Bytes that are sent and still kept.
constexpr std::chrono::milliseconds signal_latency{50};

/// The file of --log, a line a sentence.
class Log {
 public:
  explicit Log(const std::string& path) {
    if (path.empty()) return;
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0) throw Error(fmt::format("--log {}: {}", path, std::strerror(errno)));
  }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log() {
    if (file_ >= 0) ::close(file_);
  }
  void write(const std::string& sentence) const {
    if (file_ < 0) return;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const std::string line =
        fmt::format("{}.{:03} {}\n", ms / 1000, ms % 1000, visible_text(sentence));
    // A log that cannot be written any more is no reason to end.
    if (::write(file_, line.data(), line.size()) < 0) return;
  }

 private:
  int file_ = -1;
};

class Loop {
 public:
  Loop(const ServeOptions& options, const Files& files)
      : options_(options),
        log_(options.log),
        server_({options.spec, options.plan, &files,
                 [this](const std::string& body) { unsent_ += framed(body); },
                 [this](const std::string& sentence) { log_.write(sentence); }}) {}

  int run() {
    while (!server_.ended()) {
      wait();
      signals_.check();
      server_.tick();
      take_messages();
    }
    flush();
    return server_.exit_status();
  }

 private:
  [[nodiscard]] int time_to_wait() const {
    const auto now = Clock::now(), due = server_.next_due();
    if (due <= now) return 0;
    if (due - now >= signal_latency) return static_cast<int>(signal_latency.count());
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(due - now).count());
  }

  void wait() {
    std::vector<pollfd> ends;
    const bool reads = unsent_.size() < most_unsent;
    ends.push_back({reads ? options_.in : -1, POLLIN, 0});
    ends.push_back({unsent_.empty() ? -1 : options_.out, POLLOUT, 0});
    for (const int descriptor : server_.descriptors()) ends.push_back({descriptor, POLLIN, 0});
    const std::size_t answers = ends.size();
    for (const int descriptor : server_.senders()) ends.push_back({descriptor, POLLOUT, 0});
    const int ready = ::poll(ends.data(), static_cast<nfds_t>(ends.size()), time_to_wait());
    if (ready < 0 && errno != EINTR) {
      throw Error(fmt::format("cannot wait for messages: {}", std::strerror(errno)));
    }
    if (ready <= 0) return;
    if (ends[1].revents != 0) send_some();
    if (ends[0].revents != 0) receive();
    for (std::size_t at = answers; at < ends.size(); ++at) {
      if (ends[at].revents != 0) server_.send_more(ends[at].fd);
    }
    for (std::size_t at = 2; at < answers; ++at) {
      if (ends[at].revents != 0) server_.hear(ends[at].fd);
    }
  }

  void send_some() {
    const std::string_view rest = std::string_view(unsent_).substr(sent_);
    const ssize_t count = ::write(options_.out, rest.data(), std::min(rest.size(), sent_at_once));
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count < 0) return gone();
    sent_ += static_cast<std::size_t>(count);
    if (sent_ < unsent_.size() && sent_ < most_sent) return;
    unsent_.erase(0, sent_);
    sent_ = 0;
  }

  void gone() {
    unsent_.clear();
    sent_ = 0;
    server_.hang_up();
  }

  void receive() {
    std::array<char, 1U << 16U> buffer;
    const ssize_t count = ::read(options_.in, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count <= 0) {
      log_.write("the client is gone");
      return server_.hang_up();
    }
    reader_.feed({buffer.data(), static_cast<std::size_t>(count)});
  }

  void take_messages() {
    while (!server_.ended()) {
      const std::optional<Frame> frame = reader_.next();
      if (!frame) return;
      frame->complaint.empty() ? server_.receive(frame->body) : server_.complain(frame->complaint);
    }
  }

  /// What was answered before the end is sent, as far as the client takes it.
  void flush() {
    constexpr int patience = 1000;
    while (!unsent_.empty()) {
      pollfd end{options_.out, POLLOUT, 0};
      if (::poll(&end, 1, patience) <= 0) return;
      send_some();
    }
  }

  const ServeOptions& options_;
  EndingSignals signals_;
  Log log_;
  std::string unsent_;    ///< Bytes for the client,
  std::size_t sent_ = 0;  ///< of which so many are sent.
  FrameReader reader_;
  Server server_;
};

}  // namespace

int serve(const ServeOptions& options, const Files& files) {
  std::signal(SIGPIPE, SIG_IGN);  // a client that is gone is noticed where it is written to
  return Loop(options, files).run();
}

}  // namespace snug::lsp
