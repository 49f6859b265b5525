/* expect: warning */
#include <pthread.h>
#include <stdlib.h>
struct args { pthread_t tid; int count; long sum; };
static void *checked_calloc(size_t n, size_t size) {
  void *block = calloc(n, size);
  if (!block) abort();
  return block;
}
static void *work(void *p) {
  struct args *a = p;
  for (int i = 0; i < a->count; i++) a->sum += i;
  return 0;
}
int main(void) {
  struct args *all;
  all = (struct args *)checked_calloc(8, sizeof(struct args));
  for (int i = 0; i < 8; i++) pthread_create(&all[i].tid, 0, work, &all[i]);  /* flip */
  for (int i = 0; i < 8; i++) pthread_join(all[i].tid, 0);  /* flip */
  long *other = checked_calloc(8, sizeof(long));
  free(other);
  return 0;
}
