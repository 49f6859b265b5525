/* expect: silent */
#include <pthread.h>
struct server { long clients; long freed; };
static struct server server;
int next(void);
static void unwatch(void) {
  for (int i = 0; i < 1000000; i++) server.freed++;
}
static void drop(void) { if (next() == 4) unwatch(); }
static void overflow(void) { if (next() == 3) drop(); }
static void reply(void) { if (next() == 2) overflow(); }
static void *io(void *arg) {
  for (;;) {
    if (next() == 1) reply();
  }
  return arg;
}
int main(void) {
  pthread_t thread;
  pthread_create(&thread, 0, io, 0);
  for (int i = 0; i < 1000000; i++) server.clients++;
  pthread_join(thread, 0);
}
