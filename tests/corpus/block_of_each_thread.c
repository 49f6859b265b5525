/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
struct args { pthread_t tid; int count; long sum; long *sums; };
static void *checked_calloc(size_t n, size_t size) {
  void *block = calloc(n, size);
  if (!block) abort();
  return block;
}
static void *work(void *p) {
  struct args *a = p;
  for (int i = 0; i < a->count; i++) {
    a->sum += i;
    a->sums[1] += i;
  }
  return 0;
}
int main(void) {
  struct args *all[8];
  for (int i = 0; i < 8; i++) {
    struct args *own = checked_calloc(1, sizeof(struct args));
    own->sums = checked_calloc(8, sizeof(long));
    all[i] = own;
    pthread_create(&own->tid, 0, work, own);
  }
  for (int i = 0; i < 8; i++) pthread_join(all[i]->tid, 0);
  return 0;
}
