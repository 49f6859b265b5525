// expect: warning
#include <pthread.h>
#include <stdlib.h>
#define N 8
struct /*after: __attribute__((aligned(64)))*/ hist {
  int odd;
};
static struct hist h[N];
static const int *data;
static int len;
static void *scan(void *arg) {
  long me = (long)arg;
  for (int i = (int)me; i < len; i += N)
    if (data[i] % 2 != 0) h[me].odd++;
  return NULL;
}
int main(void) {
  len = 1 << 24;
  data = malloc(sizeof(int) * (size_t)len);
  pthread_t t[N];
  for (long i = 0; i < N; ++i) pthread_create(&t[i], NULL, scan, (void *)i);
  for (int i = 0; i < N; ++i) pthread_join(t[i], NULL);
  return 0;
}
