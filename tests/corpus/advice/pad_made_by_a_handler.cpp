// expect: warning of padding
#include <functional>
#include <map>
#include <memory>
struct Request { bool keep; void* user; bool chunked; std::size_t length; bool upgrade; int status; bool done; };  // before
struct Request { void* user; std::size_t length; int status; bool keep; bool chunked; bool upgrade; bool done; };  // after
struct Server { std::function<void(std::shared_ptr<Request>)> handler; void on_accept(int) { auto r = std::make_shared<Request>(); handler(r); } };
static Server server;
void poll_once(int fd) { server.on_accept(fd); }
