// expect: warning
// Send and receive statistics of one class in one connection.
#include <pthread.h>
struct stats {
  unsigned long packets;
  unsigned long bytes;
};
struct connection {
  int fd;
  struct stats rx;
  /*after: _Alignas(64)*/ struct stats tx;
};
static struct connection connection;
static void account(struct stats *stats, unsigned long bytes) {
  stats->packets++;
  stats->bytes += bytes;
}
static void *receiver(void *arg) {
  struct connection *c = arg;
  for (int i = 0; i < 10000000; ++i) account(&c->rx, 1500);
  return 0;
}
static void *sender(void *arg) {
  struct connection *c = arg;
  for (int i = 0; i < 10000000; ++i) account(&c->tx, 64);
  return 0;
}
int main(void) {
  pthread_t a, b;
  pthread_create(&a, 0, receiver, &connection);
  pthread_create(&b, 0, sender, &connection);
  pthread_join(a, 0);
  pthread_join(b, 0);
  return 0;
}
