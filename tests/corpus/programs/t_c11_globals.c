/* expect: warning of false-sharing flags: -pthread */
#include <stdatomic.h>
#include <threads.h>
static atomic_ulong produced;
static atomic_ulong consumed;  // before
static _Alignas(64) atomic_ulong consumed;  // after
static int producer(void *unused) {
  (void)unused;
  for (int i = 0; i < 1000000; i++) atomic_fetch_add(&produced, 1);
  return 0;
}
static int consumer(void *unused) {
  (void)unused;
  for (int i = 0; i < 1000000; i++) atomic_fetch_add(&consumed, 1);
  return 0;
}
int main(void) {
  thrd_t a, b;
  thrd_create(&a, producer, 0);
  thrd_create(&b, consumer, 0);
  thrd_join(a, 0);
  thrd_join(b, 0);
  return 0;
}
