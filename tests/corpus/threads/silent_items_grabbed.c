// expect: silent
#include <pthread.h>
#include <stdatomic.h>
static atomic_int next_job;
static double results[10000];
static double compute(int i);
static void *worker(void *arg) {
  for (;;) {
    int i = atomic_fetch_add(&next_job, 1);
    if (i >= 10000) break;
    results[i] = compute(i);
  }
  return arg;
}
static double compute(int i) {
  double x = i;
  for (int k = 0; k < 1000; ++k) x = x * 0.99 + k;
  return x;
}
int main(void) {
  pthread_t t[8];
  for (int i = 0; i < 8; ++i) pthread_create(&t[i], 0, worker, 0);
  for (int i = 0; i < 8; ++i) pthread_join(t[i], 0);
  return 0;
}
