// expect: note of node-indirection
#include <list>
struct Packet { int size; char data[32]; };
class Queue {
 public:
  void put(int n) { Packet* p = new Packet; p->size = n; packets_.push_back(p); }  // before
  void put(int n) { Packet p; p.size = n; packets_.push_back(p); }  // after
  ~Queue() { for (Packet* p : packets_) delete p; }  // before

 private:
  std::list<Packet*> packets_;  // before
  std::list<Packet> packets_;  // after
};
void f(Queue& q) { q.put(3); }
