// expect: warning
// The argument has the shared array and the number of the thread.
#include <pthread.h>
#include <stdlib.h>
typedef struct /*after: __attribute__((aligned(64)))*/ {
  double sum;
} partial_t;
typedef struct {
  partial_t *partials;
  const double *data;
  size_t count;
  int number;
  int threads;
} args_t;
static void *add_up(void *p) {
  args_t *args = p;
  for (size_t i = args->number; i < args->count; i += args->threads) {
    args->partials[args->number].sum += args->data[i];
  }
  return NULL;
}
int main(void) {
  enum { THREADS = 8 };
  partial_t *partials = calloc(THREADS, sizeof *partials);
  double *data = calloc(1 << 20, sizeof *data);
  args_t *args = malloc(THREADS * sizeof *args);
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; ++i) {
    args[i].partials = partials;
    args[i].data = data;
    args[i].count = 1 << 20;
    args[i].number = i;
    args[i].threads = THREADS;
    pthread_create(&threads[i], NULL, add_up, args + i);
  }
  for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
  free(args);
  free(partials);
  free(data);
  return 0;
}
