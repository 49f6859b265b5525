// expect: note of node-indirection
#include <list>
struct Particle { float x, y, z; int age; };
class Emitter {
  std::list<Particle*> live_;  // before
  std::list<Particle> live_;  // after
public:
  void spawn() { live_.push_back(new Particle{}); }  // before
  void step() { for (auto it = live_.begin(); it != live_.end();) { if (++(*it)->age > 10) { delete *it; it = live_.erase(it); } else ++it; } }  // before
  void spawn() { live_.push_back(Particle{}); }  // after
};
