// expect: note of hot-cold
#include <string>
#include <vector>
struct Session {
  long deadline;
  std::string user, address, agent, token;
  char scratch[64];
  int state;
};
struct Table {
  std::vector<Session> all;  // before
  std::vector<long> deadlines; std::vector<int> states; std::vector<Session> all;  // after
};
int expired(const Table& t, long now) {
  int n = 0;
  for (const Session& s : t.all) if (s.deadline < now && s.state == 1) ++n;  // before
  for (std::size_t i = 0; i < t.deadlines.size(); ++i) if (t.deadlines[i] < now && t.states[i] == 1) ++n;  // after
  return n;
}
