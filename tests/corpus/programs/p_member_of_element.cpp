// expect: warning of padding
#include <deque>
#include <string>
struct Retry {
  bool enabled;  // before
  double backoff;
  int attempts;  // before
  double limit;
  bool jitter;  // before
  int attempts; bool enabled, jitter;  // after
};
struct Message {
  std::string body;
  Retry retry;
};
class Outbox {
 public:
  void put(Message m) { queue_.push_back(std::move(m)); }

 private:
  std::deque<Message> queue_;
};
void f(Outbox& o, const Message& m) { o.put(m); }
