// expect: note of node-indirection
#include <unordered_map>
struct Peer { int fd; unsigned long long rx, tx; };
struct Hub {
  std::unordered_map<int, Peer*> peers;  // before
  std::unordered_map<int, Peer> peers;  // after
  void join(int fd) {
    auto p = new Peer{fd, 0, 0};  // before
    peers.insert({fd, p});  // before
    peers.insert({fd, Peer{fd, 0, 0}});  // after
  }
  void leave(int fd) { auto i = peers.find(fd); if (i != peers.end()) { delete i->second; peers.erase(i); } }  // before
};
