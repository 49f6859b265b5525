// expect: warning flags: -std=c17
// Each worker has a deque; the others steal from it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#define WORKERS 4
struct deque {
  atomic_size_t top;
  /*after: _Alignas(64)*/ atomic_size_t bottom;
  /*after: _Alignas(64)*/ void *items[512];
};
static struct deque deques[WORKERS];
static atomic_int quit;
static void push_bottom(struct deque *d, void *item) {
  size_t b = atomic_load_explicit(&d->bottom, memory_order_relaxed);
  d->items[b % 512] = item;
  atomic_store_explicit(&d->bottom, b + 1, memory_order_release);
}
static void *steal_top(struct deque *d) {
  size_t t = atomic_load_explicit(&d->top, memory_order_acquire);
  size_t b = atomic_load_explicit(&d->bottom, memory_order_acquire);
  if (t >= b) return 0;
  void *item = d->items[t % 512];
  if (!atomic_compare_exchange_strong(&d->top, &t, t + 1)) return 0;
  return item;
}
static void *work(void *arg) {
  unsigned me = (unsigned)(uintptr_t)arg;
  while (!atomic_load(&quit)) {
    push_bottom(&deques[me], arg);
    for (unsigned i = 1; i < WORKERS; ++i) steal_top(&deques[(me + i) % WORKERS]);
  }
  return 0;
}
int main(void) {
  pthread_t threads[WORKERS];
  for (uintptr_t i = 0; i < WORKERS; ++i) pthread_create(&threads[i], 0, work, (void *)i);
  for (int i = 0; i < WORKERS; ++i) pthread_join(threads[i], 0);
  return 0;
}
