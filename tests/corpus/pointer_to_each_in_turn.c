/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
/* `s` is another object in each round: no two threads are given the same one. */
struct submitter { pthread_t thread; long done; long calls; long reaps; long pad[40]; };
static struct submitter *submitters;
static struct submitter *nth(int n) {
  struct submitter *ret;
  ret = submitters;
  if (n) ret = (struct submitter *)((char *)ret + (size_t)n * sizeof(*ret));
  return ret;
}
static void *submits(void *arg) {
  struct submitter *s = arg;
  for (long i = 0; i < 1000000; i++) s->calls++;
  return arg;
}
static void *reaps(void *arg) {
  struct submitter *s = arg;
  for (long i = 0; i < 1000000; i++) s->reaps++;
  return arg;
}
int main(int argc, char **argv) {
  struct submitter *s;
  long done = 0;
  submitters = calloc(4, sizeof(*submitters));
  for (int j = 0; j < 4; j++) {
    s = nth(j);
    s->done = s->calls = 0;
  }
  for (int j = 0; j < 4; j++) {
    s = nth(j);
    if (argc > 1) {
      pthread_create(&s->thread, 0, submits, s);
    } else {
      pthread_create(&s->thread, 0, reaps, s);
    }
  }
  for (int j = 0; j < 4; j++) {
    s = nth(j);
    pthread_join(s->thread, 0);
    done += s->calls + s->reaps;
  }
  return done == argc && argv == 0;
}
