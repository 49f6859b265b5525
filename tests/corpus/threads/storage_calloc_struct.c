// expect: warning
// calloc() behind a struct, the threads are given the struct and their number.
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
struct cell {
  uint64_t packets;
  uint64_t bytes;
  /*after: char pad[48];*/
} /*after: __attribute__((aligned(64)))*/;
struct stats {
  int n;
  struct cell *cells;
};
struct arg {
  struct stats *stats;
  int id;
};
static void count(struct stats *s, int id, uint64_t len) {
  s->cells[id].packets++;
  s->cells[id].bytes += len;
}
static void *rx(void *p) {
  struct arg *a = p;
  for (uint64_t i = 0; i < 1000000000u; ++i) count(a->stats, a->id, i & 1500);
  return NULL;
}
int main(void) {
  struct stats *s = malloc(sizeof *s);
  s->n = 4;
  s->cells = calloc((size_t)s->n, sizeof *s->cells);
  pthread_t t[4];
  struct arg args[4];
  for (int i = 0; i < 4; ++i) {
    args[i].stats = s;
    args[i].id = i;
    pthread_create(&t[i], NULL, rx, &args[i]);
  }
  for (int i = 0; i < 4; ++i) pthread_join(t[i], NULL);
  free(s->cells);
  free(s);
  return 0;
}
