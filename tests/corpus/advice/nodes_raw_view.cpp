// expect: nothing of node-indirection
#include <list>
#include <vector>
struct Body { double m; };
struct World { std::vector<Body> bodies; std::list<Body*> awake; void wake(unsigned i) { awake.push_back(&bodies[i]); } };
