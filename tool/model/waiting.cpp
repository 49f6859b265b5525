#include "model/waiting.hpp"

#include <algorithm>
#include <array>

namespace snug {

namespace {

constexpr auto functions = std::to_array<std::string_view>({"sleep_for",
                                                            "sleep_until",
                                                            "pthread_cond_wait",
                                                            "pthread_cond_timedwait",
                                                            "pthread_barrier_wait",
                                                            "cnd_wait",
                                                            "cnd_timedwait",
                                                            "sem_wait",
                                                            "sem_timedwait",
                                                            "thrd_sleep",
                                                            "sleep",
                                                            "usleep",
                                                            "nanosleep",
                                                            "clock_nanosleep",
                                                            "poll",
                                                            "ppoll",
                                                            "select",
                                                            "pselect",
                                                            "epoll_wait",
                                                            "epoll_pwait",
                                                            "kevent",
                                                            "accept",
                                                            "accept4",
                                                            "connect",
                                                            "recv",
                                                            "recvfrom",
                                                            "recvmsg",
                                                            "send",
                                                            "sendto",
                                                            "sendmsg",
                                                            "read",
                                                            "pread",
                                                            "write",
                                                            "pwrite",
                                                            "fsync",
                                                            "fdatasync",
                                                            "waitpid",
                                                            "Sleep",
                                                            "WaitForSingleObject",
                                                            "WaitForMultipleObjects"});

constexpr auto methods = std::to_array<std::string_view>(
    {"wait", "wait_for", "wait_until", "acquire", "try_acquire_for", "arrive_and_wait"});

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_waiting_function(std::string_view name) {
  return contains(functions, name);
}

bool is_waiting_method(std::string_view name) {
  return contains(methods, name);
}

}  // namespace snug
