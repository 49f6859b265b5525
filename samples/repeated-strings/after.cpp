// Each string is stored once; a record is 8 bytes, and comparing two compares numbers.
#include <cstdio>
#include <string>
#include <vector>

#include <snug/interner.hpp>

struct Request {
  snug::symbol method;
  snug::symbol host;
};
static_assert(sizeof(Request) == 8);

int main() {
  snug::interner names;
  std::vector<Request> log;
  for (int i = 0; i < 10000; ++i) {
    log.push_back({names.intern(i % 3 == 0 ? "SUBSCRIBE-TO-EVENTS" : "GET"),
                   names.intern("server-" + std::to_string(i % 20) + ".example.com")});
  }
  int same = 0;
  for (const Request& r : log) same += r.host == log[7].host && r.method == log[7].method;
  std::printf("%d %s\n", same, std::string(names.resolve(log[7].host)).c_str());
}
