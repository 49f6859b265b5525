// expect: warning of false-sharing
#include <pthread.h>
#include <stdlib.h>
typedef struct { int id; int n; long sum; const int *data; } task_t;  // before
typedef struct { int id; int n; long sum; const int *data; char pad[104]; } task_t;  // after
static void *run(void *v) { task_t *t = v; for (int i = 0; i < t->n; i++) t->sum += t->data[i]; return NULL; }
long sum(const int *d, int n, int k) {
  pthread_t *th = malloc(sizeof *th * (size_t)k);
  task_t *ts = calloc((size_t)k, sizeof *ts);
  for (int i = 0; i < k; i++) { ts[i].id = i; ts[i].n = n / k; ts[i].data = d + i * (n / k); pthread_create(&th[i], NULL, run, &ts[i]); }
  long s = 0;
  for (int i = 0; i < k; i++) { pthread_join(th[i], NULL); s += ts[i].sum; }
  return s;
}
