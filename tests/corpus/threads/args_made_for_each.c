// expect: warning
// A block for the argument of each thread, initialised with a compound literal.
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>
struct arg {
  unsigned me;
  unsigned n;
};
static struct counter {
  /*after: _Alignas(64)*/ uint64_t value;
} counters[8];
static int bump(void *p) {
  struct arg *arg = p;
  struct counter *own = &counters[arg->me];
  for (unsigned i = 0; i < arg->n; ++i) own->value++;
  free(arg);
  return 0;
}
int main(void) {
  thrd_t threads[8];
  for (unsigned i = 0; i < 8; ++i) {
    struct arg *arg = malloc(sizeof *arg);
    *arg = (struct arg){.me = i, .n = 100000000};
    thrd_create(&threads[i], bump, arg);
  }
  for (unsigned i = 0; i < 8; ++i) thrd_join(threads[i], 0);
  return 0;
}
