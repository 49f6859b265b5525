/* expect: warning of false-sharing flags: -pthread */
#include <pthread.h>
struct totals {
  unsigned long left;
  char pad[64];  // after
  unsigned long right;
};
static struct totals totals;
static void *sum(void *p) {
  unsigned long *out = p;
  for (int i = 0; i < 100000000; i++) *out += i & 5;
  return 0;
}
int main(void) {
  pthread_t a, b;
  pthread_create(&a, 0, sum, &totals.left);
  pthread_create(&b, 0, sum, &totals.right);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return 0;
}
