// expect: warning
// Two counters for each thread, side by side: tid * 2 + kind.
#include <pthread.h>
enum { kinds = 2, threads = 8 };
static long counts[threads * /*after: 8 **/ kinds] /*after: __attribute__((aligned(64)))*/;
struct job {
  int tid;
};
static void *work(void *arg) {
  int tid = ((struct job *)arg)->tid;
  for (long i = 0; i < 100000000; ++i) {
    counts[tid * 2/*after: 16*/ + 0] += i;
    counts[tid * 2/*after: 16*/ + 1] += 1;
  }
  return 0;
}
int main(void) {
  pthread_t t[threads];
  struct job jobs[threads];
  for (int i = 0; i < threads; ++i) {
    jobs[i].tid = i;
    pthread_create(&t[i], 0, work, &jobs[i]);
  }
  for (int i = 0; i < threads; ++i) pthread_join(t[i], 0);
  return counts[0] == 1;
}
