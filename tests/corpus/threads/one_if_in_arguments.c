// expect: warning
// The counter lies in the argument of each thread, and is written under one if.
#include <pthread.h>
#include <stdlib.h>
struct /*after: __attribute__((aligned(64)))*/ part {
  const char *begin;
  const char *end;
  long lines;
};
static void *count(void *arg) {
  struct part *part = arg;
  for (const char *at = part->begin; at < part->end; ++at) {
    if (*at == '\n') part->lines++;
  }
  return 0;
}
int main(int argc, char **argv) {
  static char text[1 << 20];
  static struct part parts[8];
  pthread_t threads[8];
  for (int i = 0; i < 8; ++i) {
    parts[i].begin = text + i * (sizeof text / 8);
    parts[i].end = parts[i].begin + sizeof text / 8;
    pthread_create(&threads[i], 0, count, &parts[i]);
  }
  for (int i = 0; i < 8; ++i) pthread_join(threads[i], 0);
  return 0;
}
