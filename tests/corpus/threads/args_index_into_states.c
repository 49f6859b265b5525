// expect: warning
// The argument of each worker says which element of a C array is its own.
#include <pthread.h>
struct /*after: __attribute__((aligned(64)))*/ state {
  unsigned long events;
  unsigned seed;
};
struct job {
  int id;
  int rounds;
};
static struct state states[16];
static void *run(void *arg) {
  const struct job *job = (const struct job *)arg;
  for (int i = 0; i < job->rounds; ++i) {
    states[job->id].events++;
    states[job->id].seed = states[job->id].seed * 1103515245u + 12345u;
  }
  return 0;
}
int main(void) {
  pthread_t threads[16];
  struct job jobs[16];
  for (int i = 0; i < 16; ++i) {
    jobs[i].id = i;
    jobs[i].rounds = 10000000;
    pthread_create(&threads[i], 0, run, &jobs[i]);
  }
  for (int i = 0; i < 16; ++i) pthread_join(threads[i], 0);
  return 0;
}
