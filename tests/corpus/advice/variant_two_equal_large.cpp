// expect: warning of large-variant
#include <variant>
#include <vector>
#include <memory>
struct Request { char headers[512]; };
struct Response { char headers[512]; };
struct Ping {};
struct Close { int code; };
struct WindowUpdate { unsigned stream, delta; };
using Frame = std::variant<Ping, Close, WindowUpdate, Request, Response>;  // before
using Frame = std::variant<Ping, Close, WindowUpdate, std::unique_ptr<Request>, std::unique_ptr<Response>>;  // after
struct Stream { std::vector<Frame> frames; };
void keepalive(Stream& s, int n) { for (int i = 0; i < n; ++i) { s.frames.push_back(Ping{}); s.frames.push_back(WindowUpdate{1, 2}); } }
void bye(Stream& s) { s.frames.push_back(Close{0}); }
void ask(Stream& s) { s.frames.push_back(Request{}); }  // before
void answer(Stream& s) { s.frames.push_back(Response{}); }  // before
