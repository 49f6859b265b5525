// expect: warning
// A spinning barrier: all count in at 'arrived' while those who wait read 'passed' over and over. Both on one line.
#include <pthread.h>
#include <stdatomic.h>

struct barrier {
  atomic_int arrived;
  atomic_int passed;
};

static struct barrier b;

static void meet(int n) {
  int before = atomic_load_explicit(&b.passed, memory_order_relaxed);
  if (atomic_fetch_add(&b.arrived, 1) == n - 1) {
    atomic_store_explicit(&b.arrived, 0, memory_order_relaxed);
    atomic_fetch_add(&b.passed, 1);
    return;
  }
  while (atomic_load_explicit(&b.passed, memory_order_relaxed) == before) {
  }
}

static void *work(void *arg) {
  for (int i = 0; i < 100000; ++i) meet(4);
  return arg;
}

int main(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; ++i) pthread_create(&t[i], NULL, work, NULL);
  for (int i = 0; i < 4; ++i) pthread_join(t[i], NULL);
  return 0;
}
