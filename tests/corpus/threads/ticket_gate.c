// expect: warning
#include <pthread.h>
#include <stdatomic.h>
struct gate {
  atomic_uint drawn;
  /*after: char apart[60];*/
  atomic_uint open;
} /*after: __attribute__((aligned(64)))*/;
static struct gate g;
static void enter(struct gate *x) {
  unsigned me = atomic_fetch_add(&x->drawn, 1);
  while (atomic_load(&x->open) != me)
    ;
}
static void leave(struct gate *x) { atomic_fetch_add(&x->open, 1); }
static void *work(void *a) {
  for (int i = 0; i < 1000000; ++i) {
    enter(&g);
    leave(&g);
  }
  return a;
}
int main(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; ++i) pthread_create(&t[i], 0, work, 0);
  for (int i = 0; i < 4; ++i) pthread_join(t[i], 0);
  return 0;
}
