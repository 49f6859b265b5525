// expect: warning of large-variant
#include <boost/variant.hpp>
#include <vector>
struct Tick { double price; int size; };
struct Cancel { int id; };
struct Book { double levels[40]; };  // before
struct Book { double* levels; };  // after
typedef boost::variant<Tick, Cancel, Book> Message;
static std::vector<Message> backlog;
void on_tick(double p, int s) {
  Tick t = {p, s};
  backlog.push_back(Message(t));
}
void on_cancel(int id) {
  Cancel c = {id};
  backlog.push_back(Message(c));
}
