// expect: warning of false-sharing flags: -pthread
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
struct pcpu_stat {
  unsigned long packets;
  unsigned long bytes;
};  // before
} __attribute__((aligned(64)));  // after
static struct pcpu_stat stats[256];
static void account(unsigned len) {
  struct pcpu_stat *s = &stats[sched_getcpu()];
  s->packets++;
  s->bytes += len;
}
static void *rx_loop(void *arg) {
  unsigned len = 64;
  (void)arg;
  for (;;) account(len = len * 5 % 1500);
  return NULL;
}
int main(void) {
  pthread_t t[8];
  for (int i = 0; i < 8; i++) pthread_create(&t[i], NULL, rx_loop, NULL);
  for (int i = 0; i < 8; i++) pthread_join(t[i], NULL);
  return 0;
}
