// expect: warning of shared-ptr-by-value
#include <memory>
#include <string>
struct Connection { std::string peer; bool open = true; void close() { open = false; } };
class Server {
 public:
  void drop(std::shared_ptr<Connection> c) {  // before
  void drop(Connection& c) {  // after
    if (!c) return;  // before
    log("closing " + c->peer);  // before
    c->close();  // before
    log("closing " + c.peer);  // after
    c.close();  // after
    ++closed_;
  }

 private:
  void log(const std::string& s) { last_ = s; }
  std::string last_;
  int closed_ = 0;
};
void use(Server& s, std::shared_ptr<Connection>& c) { s.drop(c); }  // before
void use(Server& s, std::shared_ptr<Connection>& c) { s.drop(*c); }  // after
