/* expect: warning of false-sharing flags: -pthread */
#include <stdatomic.h>
#include <stdbool.h>
#include <threads.h>
typedef struct {
  atomic_uint write_index;
  _Alignas(128)  // after
  atomic_uint read_index;
  _Alignas(128)  // after
  int slots[1024];
} fifo_t;
static fifo_t fifo;
static bool fifo_put(fifo_t *f, int v) {
  unsigned w = atomic_load_explicit(&f->write_index, memory_order_relaxed);
  if (w - atomic_load_explicit(&f->read_index, memory_order_acquire) == 1024) return false;
  f->slots[w % 1024] = v;
  atomic_store_explicit(&f->write_index, w + 1, memory_order_release);
  return true;
}
static bool fifo_get(fifo_t *f, int *v) {
  unsigned r = atomic_load_explicit(&f->read_index, memory_order_relaxed);
  if (r == atomic_load_explicit(&f->write_index, memory_order_acquire)) return false;
  *v = f->slots[r % 1024];
  atomic_store_explicit(&f->read_index, r + 1, memory_order_release);
  return true;
}
static int produce(void *arg) {
  for (int i = 0; i < 10000000; ++i)
    while (!fifo_put(arg, i)) thrd_yield();
  return 0;
}
static int consume(void *arg) {
  int v, sum = 0;
  for (int i = 0; i < 10000000; ++i) {
    while (!fifo_get(arg, &v)) thrd_yield();
    sum += v;
  }
  return sum;
}
int main(void) {
  thrd_t a, b;
  thrd_create(&a, produce, &fifo);
  thrd_create(&b, consume, &fifo);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
}
