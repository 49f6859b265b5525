/* expect: warning of false-sharing flags: -pthread -D_GNU_SOURCE */
#include <pthread.h>
#include <sched.h>
static unsigned long per_cpu[256];  // before
static unsigned long per_cpu[256][16];  // after
static void *serve(void *unused) {
  (void)unused;
  for (int i = 0; i < 1000000; i++) {
    int cpu = sched_getcpu();
    __atomic_fetch_add(&per_cpu[cpu], 1, __ATOMIC_RELAXED);  // before
    __atomic_fetch_add(&per_cpu[cpu][0], 1, __ATOMIC_RELAXED);  // after
  }
  return 0;
}
int main(void) {
  pthread_t t[8];
  for (int i = 0; i < 8; i++) pthread_create(&t[i], 0, serve, 0);
  for (int i = 0; i < 8; i++) pthread_join(t[i], 0);
  return 0;
}
