// expect: warning of shared-ptr-cycle
#include <memory>
#include <vector>
struct Session;
struct Channel {
  std::vector<std::shared_ptr<Session>> members;
};
struct Session {
  std::shared_ptr<Channel> channel;  // before
  std::weak_ptr<Channel> channel;  // after
  int id;
};
void join(const std::shared_ptr<Channel>& c, const std::shared_ptr<Session>& s) {
  c->members.push_back(s);
  s->channel = c;
}
