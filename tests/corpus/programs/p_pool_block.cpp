// expect: warning of padding
#include <cstdlib>
#include <new>
template <class T>
class ObjectPool {
 public:
  T* take() {
    if (!free_) grow();
    Node* n = free_;
    free_ = n->next;
    return new (n) T();
  }

 private:
  union Node { Node* next; alignas(T) unsigned char raw[sizeof(T)]; };
  void grow() {
    Node* block = static_cast<Node*>(std::malloc(256 * sizeof(Node)));
    for (int i = 0; i < 256; ++i) { block[i].next = free_; free_ = &block[i]; }
  }
  Node* free_ = nullptr;
};
struct Connection {
  bool open;  // before
  void* owner;
  short port;  // before
  void* buffer;
  int fd;  // before
  int fd; short port; bool open;  // after
};
static ObjectPool<Connection> pool;
Connection* accept_one(int fd) {
  Connection* c = pool.take();
  c->fd = fd;
  return c;
}
