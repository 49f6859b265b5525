// expect: note of node-indirection
#include <list>
struct Timer { long due; void (*fire)(int); int arg; };
class Timers {
 public:
  void add(long due, void (*f)(int), int arg) { timers_.push_back(new Timer{due, f, arg}); }  // before
  void add(long due, void (*f)(int), int arg) { timers_.push_back(Timer{due, f, arg}); }  // after
  void expire(long now) {
    while (!timers_.empty() && timers_.front()->due <= now) {  // before
    while (!timers_.empty() && timers_.front().due <= now) {  // after
      Timer* t = timers_.front();  // before
      const Timer t = timers_.front();  // after
      timers_.pop_front();
      t->fire(t->arg);  // before
      delete t;  // before
      t.fire(t.arg);  // after
    }
  }

 private:
  std::list<Timer*> timers_;  // before
  std::list<Timer> timers_;  // after
};
void f(Timers& t) { t.expire(3); }
