// expect: warning of shared-ptr-copy-in-loop
#include <map>
#include <memory>
#include <string>
struct Player { int score = 0; };
class Game {
 public:
  int best() const {
    int top = 0;
    for (auto it = players_.begin(); it != players_.end(); ++it) {
      std::shared_ptr<Player> p = it->second;  // before
      const std::shared_ptr<Player>& p = it->second;  // after
      if (p->score > top) top = p->score;
    }
    return top;
  }

 private:
  std::map<std::string, std::shared_ptr<Player>> players_;
};
int f(const Game& g) { return g.best(); }
