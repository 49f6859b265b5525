// expect: warning
#include <threads.h>
static struct { long n; /*after: char pad[56];*/ } per[4] /*after: __attribute__((aligned(64)))*/;
static int run(void *p) {
  int me = *(int *)p;
  for (int i = 0; i < 100000000; ++i) per[me].n += i;
  return 0;
}
int main(void) {
  thrd_t t[4];
  int ids[4];
  for (int i = 0; i < 4; ++i) {
    ids[i] = i;
    thrd_create(&t[i], run, &ids[i]);
  }
  for (int i = 0; i < 4; ++i) thrd_join(t[i], 0);
  return 0;
}
