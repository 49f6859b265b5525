/* expect: warning */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
struct percpu { unsigned long packets; unsigned long bytes; };
static struct percpu stats[64];
static void* work(void* arg) {
  (void)arg;
  for (int i = 0; i < 100000; i++) { stats[sched_getcpu()].packets++; }
  return 0;
}
int main(void) {
  pthread_t t[8];
  for (int i = 0; i < 8; i++) pthread_create(&t[i], 0, work, 0);
  for (int i = 0; i < 8; i++) pthread_join(t[i], 0);
  return 0;
}
