// Sessions under numbers from a counter of the same record: a hash table whose keys it makes
// itself.
#include <cstdint>
#include <cstdio>
#include <unordered_map>
#include <vector>

struct Session {
  long bytes;
  int user;
};

class Server {
 public:
  std::uint64_t open(int user) {
    sessions_.emplace(next_, Session{0, user});
    return next_++;
  }
  void receive(std::uint64_t id, long bytes) {
    auto found = sessions_.find(id);
    if (found != sessions_.end()) found->second.bytes += bytes;
  }
  void close(std::uint64_t id) { sessions_.erase(id); }
  long total() const {
    long sum = 0;
    for (const auto& [id, session] : sessions_) sum += session.bytes;
    return sum;
  }

 private:
  std::uint64_t next_ = 1;
  std::unordered_map<std::uint64_t, Session> sessions_;  // expect: id-map "'next_'"
};

int main() {
  Server server;
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back(server.open(i));
  for (int i = 0; i < 50000; ++i) {
    server.receive(ids[std::size_t(i) % ids.size()], i);
    if (i % 100 == 0) server.close(ids[std::size_t(i / 100)]);  // a late message finds nobody
  }
  std::printf("%ld\n", server.total());
}
