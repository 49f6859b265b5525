// Thousands of records hold the same few strings: 64 bytes and two allocations each, compared by
// text.
#include <cstdio>
#include <string>
#include <vector>

struct Request {  // expect: repeated-strings "64 of its 64 bytes"
  std::string method;
  std::string host;
};

int main() {
  std::vector<Request> log;
  for (int i = 0; i < 10000; ++i) {
    log.push_back({i % 3 == 0 ? "SUBSCRIBE-TO-EVENTS" : "GET",
                   "server-" + std::to_string(i % 20) + ".example.com"});
  }
  int same = 0;
  for (const Request& r : log) same += r.host == log[7].host && r.method == log[7].method;
  std::printf("%d %s\n", same, log[7].host.c_str());
}
