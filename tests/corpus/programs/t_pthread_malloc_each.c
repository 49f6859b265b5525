/* expect: silent of false-sharing flags: -pthread */
#include <pthread.h>
#include <stdlib.h>
struct ctx { int id; unsigned long n; };
static void *work(void *p) {
  struct ctx *c = p;
  for (unsigned long i = 0; i < 100000000UL; i++) c->n += i ^ (unsigned)c->id;
  return c;
}
int main(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; i++) {
    struct ctx *c = malloc(sizeof *c);
    c->id = i;
    c->n = 0;
    pthread_create(&t[i], NULL, work, c);
  }
  for (int i = 0; i < 4; i++) {
    void *c;
    pthread_join(t[i], &c);
    free(c);
  }
  return 0;
}
