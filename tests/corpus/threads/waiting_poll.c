// expect: warning
#include <poll.h>
#include <pthread.h>
#include <unistd.h>
struct stats {
  unsigned long reads, bytes;
  /*after: char pad[48];*/
} /*after: __attribute__((aligned(64)))*/;
static struct stats stats[4];
static int fds[4];
static void *serve(void *arg) {
  long me = (long)arg;
  char buf[512];
  struct pollfd p = {.fd = fds[me], .events = POLLIN};
  while (poll(&p, 1, -1) > 0) {
    long n = read(p.fd, buf, sizeof buf);
    if (n <= 0) break;
    stats[me].reads++;
    stats[me].bytes += (unsigned long)n;
  }
  return 0;
}
int main(void) {
  pthread_t t[4];
  for (long i = 0; i < 4; ++i) pthread_create(&t[i], 0, serve, (void *)i);
  for (int i = 0; i < 4; ++i) pthread_join(t[i], 0);
  return 0;
}
