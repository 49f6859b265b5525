/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
#define START(handle, entry) \
  do { \
    if (pthread_create(&(handle), 0, entry, 0) != 0) abort(); \
  } while (0)
static struct { long first; long second; } sums;
static void *work(void *arg) {
  for (int i = 0; i < 1000000; ++i) {
    sums.first++;
    sums.second++;
  }
  return arg;
}
static long per_thread[4];
static void *own(void *arg) {
  for (int i = 0; i < 1000000; ++i) per_thread[0]++;
  return arg;
}
int main(void) {
  pthread_t a, b;
  START(a, work);
  pthread_join(a, 0);
  START(b, own);
  pthread_join(b, 0);
}
