// The container makes the numbers: a look-up is two loads, and a late message still finds nobody.
#include <cstdio>
#include <vector>

#include <snug/slot_map.hpp>

struct Session {
  long bytes;
  int user;
};

class Server {
 public:
  using Id = snug::slot_map<Session>::handle;

  Id open(int user) { return sessions_.insert({0, user}); }
  void receive(Id id, long bytes) {
    if (Session* session = sessions_.get(id)) session->bytes += bytes;
  }
  void close(Id id) { sessions_.erase(id); }
  long total() const {
    long sum = 0;
    for (const Session& session : sessions_) sum += session.bytes;
    return sum;
  }

 private:
  snug::slot_map<Session> sessions_;
};

int main() {
  Server server;
  std::vector<Server::Id> ids;
  for (int i = 0; i < 1000; ++i) ids.push_back(server.open(i));
  for (int i = 0; i < 50000; ++i) {
    server.receive(ids[std::size_t(i) % ids.size()], i);
    if (i % 100 == 0) server.close(ids[std::size_t(i / 100)]);  // a late message finds nobody
  }
  std::printf("%ld\n", server.total());
}
