// expect: warning of false-sharing
#include <pthread.h>
static struct { long reads, writes; } io;  // before
static struct { long reads; char pad[128]; long writes; } io;  // after
static void *reader(void *u) { (void)u; for (;;) io.reads++; return 0; }
static void *writer(void *u) { (void)u; for (;;) io.writes++; return 0; }
static void *(*const mains[])(void *) = {reader, writer};
int main(void) {
  pthread_t t[2];
  for (unsigned i = 0; i < 2; ++i) pthread_create(t + i, NULL, mains[i], NULL);
  pthread_join(t[0], 0); pthread_join(t[1], 0);
  return 0;
}
