// expect: warning
#include <pthread.h>
#include <stdatomic.h>
static atomic_long sent;
/*after: _Alignas(64)*/ static atomic_long acked;
static void *sender(void *arg) {
  for (int i = 0; i < 100000000; ++i) atomic_fetch_add(&sent, 1);
  return arg;
}
static void *acker(void *arg) {
  for (int i = 0; i < 100000000; ++i) atomic_fetch_add(&acked, 1);
  return arg;
}
int main(void) {
  pthread_t a, b;
  pthread_create(&a, 0, sender, 0);
  pthread_create(&b, 0, acker, 0);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return 0;
}
