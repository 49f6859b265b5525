/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
struct worker { pthread_t thread; long done; long *slots; long pad[20]; };
static struct worker *workers;
static struct worker *nth(int n) {
  struct worker *ret;
  ret = workers;
  if (n) ret += n * 2;
  return ret;
}
static void *counts(void *arg) {
  struct worker *w = arg;
  for (int i = 0; i < 1000000; i++) w->done++;
  return arg;
}
static void *fills(void *arg) {
  struct worker *w = arg;
  for (int i = 0; i < 1000000; i++) w->slots[0] = i;
  return arg;
}
int main(int argc, char **argv) {
  workers = calloc(8, sizeof(struct worker));
  for (int i = 0; i < 4; i++) {
    struct worker *w = nth(i);
    if (argc > 1) {
      pthread_create(&w->thread, 0, counts, w);
    } else {
      pthread_create(&w->thread, 0, fills, w);
    }
  }
  for (int i = 0; i < 4; i++) pthread_join(nth(i)->thread, 0);
  return argv == 0;
}
