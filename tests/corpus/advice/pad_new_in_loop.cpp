// expect: warning of padding
#include <vector>
struct Conn { char state; long id; char kind; long peer; char dead; };  // before
struct Conn { long id; long peer; char state; char kind; char dead; };  // after
static std::vector<Conn*> conns;
int main(int argc, char**) { for (int i = 0; i < argc * 10; ++i) conns.push_back(new Conn()); return conns[0]->state; }
