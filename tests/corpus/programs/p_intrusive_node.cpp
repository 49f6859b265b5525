// expect: warning of padding
struct ListHook { ListHook* next; ListHook* prev; };
struct Timer : ListHook {
  bool armed;  // before
  unsigned long long deadline;
  bool periodic;  // before
  void (*fire)(Timer*);
  unsigned flags;  // before
  unsigned flags; bool armed, periodic;  // after
};
class Wheel {
 public:
  void add(Timer* t) {
    t->next = &slots_[t->deadline & 255];
    t->prev = nullptr;
    t->armed = true;
  }

 private:
  ListHook slots_[256];
};
void arm(Wheel& w, Timer* t) { w.add(t); }
