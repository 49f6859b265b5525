// expect: warning of shared-ptr-new
#include <memory>
#include <string>
class Session {
 public:
  Session(int fd, std::string user) : fd_(fd), user_(std::move(user)) {}
  int fd() const { return fd_; }

 private:
  int fd_;
  std::string user_;
};
std::shared_ptr<Session> open(int fd) {
  return std::shared_ptr<Session>(new Session(fd, "guest"));  // before
  return std::make_shared<Session>(fd, "guest");  // after
}
