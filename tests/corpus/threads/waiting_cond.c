// expect: warning
#include <pthread.h>
struct /*after: __attribute__((aligned(64)))*/ done {
  long jobs;
};
static struct done done[8];
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int pending, closed;
static void *worker(void *arg) {
  long me = (long)arg;
  for (;;) {
    pthread_mutex_lock(&m);
    while (pending == 0 && !closed) pthread_cond_wait(&c, &m);
    if (closed) {
      pthread_mutex_unlock(&m);
      return 0;
    }
    --pending;
    pthread_mutex_unlock(&m);
    for (int i = 0; i < 1000; ++i) done[me].jobs++;
  }
}
int main(void) {
  pthread_t t[8];
  for (long i = 0; i < 8; ++i) pthread_create(&t[i], 0, worker, (void *)i);
  for (int i = 0; i < 100000; ++i) {
    pthread_mutex_lock(&m);
    ++pending;
    pthread_cond_signal(&c);
    pthread_mutex_unlock(&m);
  }
  for (int i = 0; i < 8; ++i) pthread_join(t[i], 0);
  return 0;
}
