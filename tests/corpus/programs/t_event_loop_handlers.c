// expect: silent of false-sharing flags: -pthread
#include <poll.h>
#include <pthread.h>
struct loop {
  unsigned long reads;
  unsigned long writes;
  int fd;
};
static void on_read(struct loop *l) { l->reads++; }
static void on_write(struct loop *l) { l->writes++; }
static void *run(void *arg) {
  struct loop *l = arg;
  struct pollfd p = {l->fd, POLLIN | POLLOUT, 0};
  for (;;) {
    poll(&p, 1, -1);
    if (p.revents & POLLIN) on_read(l);
    if (p.revents & POLLOUT) on_write(l);
  }
  return 0;
}
int main(void) {
  static struct loop l;
  pthread_t t;
  pthread_create(&t, 0, run, &l);
  pthread_join(t, 0);
  return 0;
}
