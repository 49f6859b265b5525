// expect: warning of false-sharing flags: -pthread
#include <pthread.h>
#include <stdlib.h>
typedef struct {
  pthread_t thread;
  const unsigned char *data;
  size_t length;
  unsigned long checksum;
} worker_t;  // before
} __attribute__((aligned(64))) worker_t;  // after
static void *checksum(void *arg) {
  worker_t *w = (worker_t *)arg;
  for (size_t i = 0; i < w->length; ++i) w->checksum = w->checksum * 31 + w->data[i];
  return w;
}
unsigned long checksum_parallel(const unsigned char *data, size_t length, unsigned n) {
  worker_t *workers = calloc(n, sizeof *workers);
  unsigned long sum = 0;
  for (unsigned i = 0; i < n; ++i) {
    workers[i].data = data + i * (length / n);
    workers[i].length = length / n;
    pthread_create(&workers[i].thread, NULL, checksum, &workers[i]);
  }
  for (unsigned i = 0; i < n; ++i) {
    pthread_join(workers[i].thread, NULL);
    sum ^= workers[i].checksum;
  }
  free(workers);
  return sum;
}
