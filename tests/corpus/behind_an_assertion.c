/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
#define check(x) (__builtin_expect(!!(x), 1) ? (void)0 : (report(), abort()))
struct server { long clients; long cluster; };
static struct server server;
int next(void);
static void report(void) {
  for (int i = 0; i < 1000000; i++) server.cluster++;
}
static void *background(void *arg) {
  for (;;) check(next());
  return arg;
}
int main(void) {
  pthread_t thread;
  pthread_create(&thread, 0, background, 0);
  for (int i = 0; i < 1000000; i++) server.clients++;
  pthread_join(thread, 0);
}
