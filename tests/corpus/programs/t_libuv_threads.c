/* expect: warning of false-sharing */
// header: uv_like.h
#include <uv_like.h>
#include <stddef.h>
struct worker { uv_thread_t thread; unsigned long jobs; int id; };  // before
struct worker { _Alignas(64) uv_thread_t thread; unsigned long jobs; int id; };  // after
static struct worker workers[8];
static volatile int running = 1;
static void work(void *arg) {
  struct worker *w = arg;
  while (running) w->jobs++;
}
int main(void) {
  for (int i = 0; i < 8; i++) {
    workers[i].id = i;
    uv_thread_create(&workers[i].thread, work, &workers[i]);
  }
  for (int i = 0; i < 8; i++) uv_thread_join(&workers[i].thread);
  return 0;
}
