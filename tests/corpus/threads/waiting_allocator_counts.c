// expect: warning
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#define MOST 20
static _Thread_local int my_number = -1;
static atomic_int threads_seen;
static long used[MOST];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static void *jobs[64];
static int n;
static void note_bytes(long k) {
  if (my_number == -1) my_number = atomic_fetch_add(&threads_seen, 1);
  used[my_number] -= k;
}
void give(void *p) { note_bytes(8); free(p); }
static void *work(void *arg) {
  pthread_mutex_lock(&m);
  while (1) {
    if (n == 0) {
      pthread_cond_wait(&c, &m);
      continue;
    }
    void *job = jobs[--n];
    pthread_mutex_unlock(&m);
    give(job);
    pthread_mutex_lock(&m);
  }
  return arg;
}
void start(void) {
  pthread_t t;
  for (int i = 0; i < 4; ++i) pthread_create(&t, NULL, work, NULL);
}
