// The problem: hiredis waits for each read by itself, so that a server that sends a byte now and
// then holds a run forever; and it writes with write(), which ends the program where a server has
// gone.
//
// 1. hiredis connects, spells the commands and reads the replies.
// 2. What is sent and received goes through poll() here, with one deadline a command.
// 3. A reply that is a list, or larger than it may be, ends the connection: GET and SET have none.
#include "session/shared/redis_store.hpp"

#include <fmt/format.h>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <vector>

#include "base/error.hpp"

namespace snug {
namespace {

using Clock = std::chrono::steady_clock;
using Reply = std::unique_ptr<redisReply, decltype(&freeReplyObject)>;

timeval timeval_of(std::chrono::milliseconds time) {
  return {static_cast<time_t>(time.count() / 1000),
          static_cast<suseconds_t>(time.count() % 1000 * 1000)};
}

bool is_denial(std::string_view error) {
  return error.starts_with("NOAUTH") || error.starts_with("WRONGPASS") ||
         error.starts_with("NOPERM") || error.starts_with("OOM") || error.starts_with("READONLY") ||
         error.starts_with("MISCONF");
}

class RedisStore final : public Store {
 public:
  RedisStore(const StorePlace& place, std::string database, const StorePatience& patience)
      : place_(place), database_(std::move(database)), patience_(patience) {}
  ~RedisStore() override { close(); }
  RedisStore(const RedisStore&) = delete;
  RedisStore& operator=(const RedisStore&) = delete;

  StoreReply get(const std::string& name) override {
    return ask({"GET", "snug:" + name}, REDIS_REPLY_STRING);
  }
  StoreReply put(const std::string& name, std::string_view bytes) override {
    return ask({"SET", "snug:" + name, bytes}, REDIS_REPLY_STATUS);
  }

 private:
  struct Words {
    std::vector<std::string> words;
    Words(std::initializer_list<std::string_view> all) : words(all.begin(), all.end()) {}
  };

  static StoreReply failed(std::string why) { return {StoreAnswer::Failed, "", std::move(why)}; }

  void close() {
    if (context_ != nullptr) redisFree(context_);
    context_ = nullptr;
  }

  /// One command; the connection is made first if need be, and ended by what makes no sense.
  StoreReply ask(const Words& command, int wanted) {
    if (context_ == nullptr) {
      StoreReply opened = connect();
      if (opened.answer != StoreAnswer::Done) return opened;
    }
    return exchange(command, wanted);
  }

  StoreReply connect() {
    const timeval wait = timeval_of(patience_.connect);
    int port = 6379;
    std::from_chars(place_.port.data(), place_.port.data() + place_.port.size(), port);
    context_ = place_.scheme == "unix" ? redisConnectUnixWithTimeout(place_.path.c_str(), wait)
                                       : redisConnectWithTimeout(place_.host.c_str(), port, wait);
    if (context_ == nullptr) return failed("there is no memory for a connection");
    if (context_->err != 0) {
      StoreReply reply = failed(context_->errstr);
      close();
      return reply;
    }
    StoreReply reply{StoreAnswer::Done, "", ""};
    if (!place_.password.empty()) {
      reply = place_.user.empty()
                  ? exchange({"AUTH", place_.password}, REDIS_REPLY_STATUS)
                  : exchange({"AUTH", place_.user, place_.password}, REDIS_REPLY_STATUS);
    }
    if (reply.answer == StoreAnswer::Done && !database_.empty() && database_ != "0") {
      reply = exchange({"SELECT", database_}, REDIS_REPLY_STATUS);
    }
    if (reply.answer != StoreAnswer::Done) close();
    return reply;
  }

  StoreReply exchange(const Words& command, int wanted) {
    const Clock::time_point deadline = Clock::now() + patience_.reply;
    std::string why = send(command, deadline);
    Reply reply(nullptr, &freeReplyObject);
    if (why.empty()) why = receive(reply, deadline);
    if (!why.empty()) {
      close();
      return failed(std::move(why));
    }
    if (reply->type == wanted) return {StoreAnswer::Done, {reply->str, length(*reply)}, ""};
    if (reply->type == REDIS_REPLY_NIL) return {StoreAnswer::Absent, "", ""};
    if (reply->type == REDIS_REPLY_ERROR) {
      const std::string error(reply->str, length(*reply));
      return {is_denial(error) ? StoreAnswer::Denied : StoreAnswer::Failed, "", error};
    }
    close();
    return failed("the server's answer is none of Redis");
  }

  static std::size_t length(const redisReply& reply) { return static_cast<std::size_t>(reply.len); }

  /// Waits until the socket can be used; what went wrong, or nothing.
  [[nodiscard]] std::string wait(short event, Clock::time_point deadline) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd socket{context_->fd, event, 0};
    const int ready = left <= 0 ? 0 : ::poll(&socket, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) return "";
    return ready > 0 ? "" : ready == 0 ? "it does not answer in time" : std::strerror(errno);
  }

  [[nodiscard]] std::string send(const Words& command, Clock::time_point deadline) const {
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const std::string& word : command.words) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    char* spelled = nullptr;
    const auto size = redisFormatCommandArgv(&spelled, static_cast<int>(words.size()), words.data(),
                                             sizes.data());
    if (size < 0) return "there is no memory for a command";
    const std::unique_ptr<char, decltype(&redisFreeCommand)> owner(spelled, &redisFreeCommand);
    std::string_view rest(spelled, static_cast<std::size_t>(size));
    while (!rest.empty()) {
      if (std::string why = wait(POLLOUT, deadline); !why.empty()) return why;
      const ssize_t sent =
          ::send(context_->fd, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) rest.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EINTR && errno != EAGAIN) return std::strerror(errno);
    }
    return "";
  }

  [[nodiscard]] std::string receive(Reply& reply, Clock::time_point deadline) const {
    redisReader* const reader = context_->reader;
    std::array<char, 1U << 16U> buffer;
    std::size_t received = 0;
    for (;;) {
      void* made = nullptr;
      if (redisReaderGetReply(reader, &made) != REDIS_OK) return reader->errstr;
      reply.reset(static_cast<redisReply*>(made));
      if (reply != nullptr) return "";
      if (std::string why = wait(POLLIN, deadline); !why.empty()) return why;
      const ssize_t count = ::recv(context_->fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count == 0) return "the server has closed the connection";
      if (count < 0 && errno != EINTR && errno != EAGAIN) return std::strerror(errno);
      if (count <= 0) continue;
      if (received == 0 && (buffer[0] == '*')) return "the server's answer is none of Redis";
      received += static_cast<std::size_t>(count);
      if (received > patience_.most_bytes) return "the server's answer is too large";
      redisReaderFeed(reader, buffer.data(), static_cast<std::size_t>(count));
    }
  }

  StorePlace place_;
  std::string database_;
  StorePatience patience_;
  redisContext* context_ = nullptr;
};

}  // namespace

std::unique_ptr<Store> open_redis_store(const StorePlace& place, const StorePatience& patience) {
  std::string database;
  if (place.scheme == "redis" && place.path.size() > 1) {
    database = place.path.substr(1);
    if (database.size() > 5 || database.find_first_not_of("0123456789") != std::string::npos) {
      throw Error(fmt::format("--cache {}: the path is the number of a database, not '{}'",
                              place.told(), database));
    }
  }
  return std::make_unique<RedisStore>(place, std::move(database), patience);
}

}  // namespace snug
