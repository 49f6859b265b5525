// expect: warning
// The body of each thread comes as a function pointer in a struct.
#include <pthread.h>
#include <stdio.h>
struct totals {
  long parsed;
  /*after: _Alignas(64)*/ long written;
};
static struct totals totals;
struct unit {
  void (*body)(void);
};
static void parse(void) {
  for (int i = 0; i < 100000000; ++i) totals.parsed++;
}
static void emit(void) {
  for (int i = 0; i < 100000000; ++i) totals.written++;
}
static void *launch(void *p) {
  struct unit *u = p;
  u->body();
  return NULL;
}
int main(void) {
  struct unit first = {parse};
  struct unit second = {emit};
  pthread_t a, b;
  pthread_create(&a, NULL, launch, &first);
  pthread_create(&b, NULL, launch, &second);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  printf("%ld\n", totals.parsed + totals.written);
  return 0;
}
