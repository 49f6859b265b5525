#pragma once
// What the tables over all types of the library share: a file NAME_table_test.cpp holds one kind of
// fault, and in it each header has a section of its own with rows for its types.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace snug_test {

// The compiler's name of a type, for messages.
template <class T>
std::string name_of() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  return std::string(text.substr(0, text.find_first_of(";]")));
}

// How a program ended.
enum class ending { done, sentence, broken };

// Runs `body` in a child process. `done`: it came to its end and returned true; `sentence`: the
// library ended it with a sentence of its own; `broken`: anything else (a crash, a test element
// that was misused, false).
template <class F>
ending ending_of(F body) {
  int ends[2];
  if (pipe(ends) != 0) return ending::broken;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    close(ends[0]);
    // Not the test framework's handlers.
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE})
      std::signal(signal, SIG_DFL);
    const bool right = body();
    _exit(right ? 0 : 3);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return ending::done;
  const bool aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
  return aborted && said.find("snug: ") != said.npos ? ending::sentence : ending::broken;
}

// An element all operations of which may come back to the container that holds it. The k-th one
// does: `events::come_back` runs in the middle of it, once. Used after its death, or moved as
// bytes, it ends the program.
struct events {
  static inline long until = 0;  // operations until `come_back` runs; 0: none
  // Whether moves, and destructors of what was moved from, do, too: where a type lets them.
  static inline bool with_moves = true;
  static inline long alive = 0;
  static inline std::function<void()> come_back;

  static void happen() {
    if (until > 0 && --until == 0) come_back();
  }
  static void move() {
    if (with_moves) happen();
  }
};

class intruder {
 public:
  intruder() : intruder(0) {}
  intruder(int value) : value_(value) {
    begin();
    events::happen();
  }
  intruder(const intruder& other) : value_(other.value()) {
    begin();
    events::happen();
    other.check();
  }
  intruder(intruder&& other) noexcept : value_(other.value()) {
    other.value_ = -1;
    begin();
    events::move();
  }
  // What comes back may end this object (a container may forbid it, and says so afterwards):
  // nothing is touched behind it.
  intruder& operator=(const intruder& other) {
    check();
    value_ = other.value();
    events::happen();
    return *this;
  }
  intruder& operator=(intruder&& other) noexcept {
    check();
    const int value = other.value();
    if (this != &other) other.value_ = -1;
    value_ = value;
    events::move();
    return *this;
  }
  ~intruder() {
    if (value_ == -1) {
      events::move();
    } else {
      events::happen();
    }
    check();
    magic_ = 0xDEADDEADu;
    self_ = nullptr;
    --events::alive;
  }
  int value() const {
    check();
    return value_;
  }
  friend bool operator==(const intruder& a, const intruder& b) {
    const bool equal = a.value() == b.value();
    events::happen();
    return equal;
  }
  friend auto operator<=>(const intruder& a, const intruder& b) {
    const auto order = a.value() <=> b.value();
    events::happen();
    return order;
  }

 private:
  void begin() noexcept {
    magic_ = 0xA11FE000u;
    self_ = this;
    ++events::alive;
  }
  void check() const noexcept {
    if (magic_ == 0xA11FE000u && self_ == this) return;
    std::fputs("an element was used that is not alive\n", stderr);
    std::abort();
  }

  int value_;
  volatile unsigned magic_ = 0;  // volatile: written also where the object dies
  const void* volatile self_ = nullptr;
};

}  // namespace snug_test

template <>
struct std::hash<snug_test::intruder> {
  std::size_t operator()(const snug_test::intruder& element) const {
    snug_test::events::happen();
    return std::hash<int>()(element.value());
  }
};
