// expect: warning of large-variant
#include <deque>
#include <mutex>
#include <optional>
#include <variant>
struct Play { int track; };
struct Stop {};
struct Volume { float level; };
struct Load { char path[1024]; };  // before
struct Load { const char* path; };  // after
using Command = std::variant<Play, Stop, Volume, Load>;
class Player {
 public:
  void send(const Command& c) {
    std::lock_guard g(m_);
    pending_.push_back(c);
  }
  void play(int t) { send(Play{t}); }
  void stop() { send(Stop{}); }
  void volume(float v) { send(Volume{v}); }
  void load() { send(Load{}); }

 private:
  std::mutex m_;
  std::deque<Command> pending_;
};
