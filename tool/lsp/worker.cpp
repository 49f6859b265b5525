#include "lsp/worker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <utility>

#include "base/descriptor.hpp"
#include "base/ending_signals.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"

namespace snug::lsp {
namespace {

constexpr std::size_t head_bytes = 9;  // Kind and length.

bool read_all(int descriptor, char* bytes, std::size_t size) {
  while (size != 0) {
    const ssize_t count = ::read(descriptor, bytes, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

std::string letter_of(std::uint8_t kind, std::string_view bytes) {
  Packer packer;
  packer.text(bytes);
  return static_cast<char>(kind) + packer.bytes();
}

std::uint64_t length_in(std::string_view head) {
  return Unpacker(head.substr(1)).number();
}

/// Everything but the three streams and the two pipe ends belongs to the server.
void close_others(int keep_in, int keep_out) {
  struct rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const int most = static_cast<int>(limit.rlim_cur < 4096 ? limit.rlim_cur : 4096);
  for (int descriptor = 3; descriptor < most; ++descriptor) {
    if (descriptor != keep_in && descriptor != keep_out) ::close(descriptor);
  }
}

[[noreturn]] void work(const Worker::Body& body, int in, int out, pid_t parent) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (::getppid() != parent) ::_exit(1);
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(nothing, STDOUT_FILENO);  // the client's stream must not be written to
  close_others(in, out);
  std::signal(SIGPIPE, SIG_DFL);
  let_signals_end();
  try {
    body(WorkerEnd(in, out));
  } catch (const std::exception&) {
    ::_exit(1);
  }
  ::_exit(0);
}

}  // namespace

void WorkerEnd::send(std::uint8_t kind, std::string_view bytes) const {
  if (!write_all(out_, letter_of(kind, bytes))) ::_exit(1);
}

std::optional<Letter> WorkerEnd::receive() const {
  std::array<char, head_bytes> head{};
  if (!read_all(in_, head.data(), head.size())) return std::nullopt;
  Letter letter{static_cast<std::uint8_t>(head[0]), {}};
  letter.bytes.resize(length_in({head.data(), head.size()}));
  if (!read_all(in_, letter.bytes.data(), letter.bytes.size())) return std::nullopt;
  return letter;
}

Worker::Worker(const Body& body) {
  std::array<int, 2> to{}, from{};
  if (::pipe(to.data()) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  if (::pipe(from.data()) != 0) {
    const int reason = errno;
    ::close(to[0]);
    ::close(to[1]);
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(reason)));
  }
  for (const int end : {to[0], to[1], from[0], from[1]}) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  std::fflush(nullptr);
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ == 0) work(body, to[0], from[1], parent);
  const int reason = errno;
  ::close(to[0]);
  ::close(from[1]);
  to_ = to[1];
  from_ = from[0];
  ::fcntl(to_, F_SETFL, O_NONBLOCK);
  if (id_ < 0) {
    ::close(to_);
    ::close(from_);
    throw Error(fmt::format("cannot start a worker process: {}", std::strerror(reason)));
  }
  ::setpgid(id_, id_);
}

Worker::~Worker() {
  ::close(to_);
  ::close(from_);
  if (id_ <= 0) return;
  ::kill(-id_, SIGKILL);
  ::kill(id_, SIGKILL);
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Worker::ask(std::uint8_t kind, std::string_view bytes) {
  unsent_ += letter_of(kind, bytes);
  send_more();
}

void Worker::send_more() {
  std::size_t sent = 0;
  while (sent < unsent_.size()) {
    const ssize_t count = ::write(to_, unsent_.data() + sent, unsent_.size() - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    // A worker that is gone is noticed where its answers are read.
    sent = count < 0 ? unsent_.size() : sent + static_cast<std::size_t>(count);
  }
  unsent_.erase(0, sent);
}

bool Worker::read_more() {
  std::array<char, 1U << 16U> buffer;
  const ssize_t count = ::read(from_, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  received_.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<Letter> Worker::next() {
  if (received_.size() < head_bytes) return std::nullopt;
  const std::uint64_t length = length_in(received_);
  if (received_.size() - head_bytes < length) return std::nullopt;
  Letter letter{static_cast<std::uint8_t>(received_[0]), received_.substr(head_bytes, length)};
  received_.erase(0, head_bytes + length);
  return letter;
}

std::string Worker::how_it_ended() {
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  ::kill(-id_, SIGKILL);
  id_ = -1;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return fmt::format("it was ended by signal {} ({})", signal, ::strsignal(signal));
  }
  return fmt::format("it ended with status {}", WEXITSTATUS(status));
}

}  // namespace snug::lsp
