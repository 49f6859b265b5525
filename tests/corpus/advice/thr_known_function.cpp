// expect: warning of false-sharing
// config: [[known.function]]
// config: name = "eng::Scheduler::post"
// config: effect = "pool"
#include <functional>
namespace eng { class Scheduler { public: void post(std::function<void()> f); void drain(); }; }
struct Frame { long culled; long drawn; };  // before
struct Frame { alignas(64) long culled; alignas(64) long drawn; };  // after
static Frame frame;
static void cull() { for (int i = 0; i < 100000; ++i) frame.culled += i; }
static void draw() { for (int i = 0; i < 100000; ++i) frame.drawn += i; }
void render(eng::Scheduler& s) { s.post(cull); s.post([] { draw(); }); s.drain(); }
