/* expect: warning of false-sharing flags: -pthread */
#include <pthread.h>
#include <stdlib.h>
#define N 6
struct range {
  int from, to;
  double integral;
  char pad[112];  // after
};
static double f(double x) { return 4.0 / (1.0 + x * x); }
static void *integrate(void *p) {
  struct range *r = p;
  for (int i = r->from; i < r->to; ++i) r->integral += f((i + 0.5) * 1e-7) * 1e-7;
  return NULL;
}
int main(void) {
  pthread_t id[N];
  struct range *ranges = calloc(N, sizeof(struct range));
  for (int i = 0; i < N; ++i) {
    ranges[i].from = i * 1000000;
    ranges[i].to = (i + 1) * 1000000;
    if (pthread_create(id + i, NULL, integrate, ranges + i)) abort();
  }
  double pi = 0;
  for (int i = 0; i < N; ++i) {
    pthread_join(id[i], NULL);
    pi += ranges[i].integral;
  }
  free(ranges);
  return pi > 3;
}
