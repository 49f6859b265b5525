// expect: nothing of node-indirection
#include <list>
#include <vector>
struct Client { int fd; bool ready; };
class Poll {
 public:
  void collect(std::vector<Client>& all) { for (Client& c : all) if (c.ready) ready_.push_back(&c); }

 private:
  std::list<Client*> ready_;
};
void f(Poll& p, std::vector<Client>& v) { p.collect(v); }
