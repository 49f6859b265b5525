// Project: llama.cpp (ggml), #9598 for issue #9588.
// Fault: threads that enter the barrier count on the line that those inside it spin on.
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct threadpool {
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  void* graph;
  atomic_int n_graph;
  atomic_int n_barrier;
  atomic_int n_barrier_passed;
  bool stop;
  int n_threads;
};

struct compute_state {
  pthread_t thread;
  struct threadpool* pool;
  int ith;
};

void compute_node(void* graph, int node, int ith, int nth);

static void barrier(struct threadpool* tp) {
  const int passed = atomic_load_explicit(&tp->n_barrier_passed, memory_order_relaxed);
  const int n = atomic_fetch_add_explicit(&tp->n_barrier, 1, memory_order_seq_cst);
  if (n == tp->n_threads - 1) {
    atomic_store_explicit(&tp->n_barrier, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&tp->n_barrier_passed, 1, memory_order_seq_cst);
    return;
  }
  while (atomic_load_explicit(&tp->n_barrier_passed, memory_order_relaxed) == passed) {
  }
  atomic_thread_fence(memory_order_seq_cst);
}

static void* graph_compute_thread(void* data) {
  struct compute_state* state = data;
  struct threadpool* tp = state->pool;
  for (int node = 0; node < 100000; node++) {
    compute_node(tp->graph, node, state->ith, tp->n_threads);
    barrier(tp);
  }
  return NULL;
}

int main(void) {
  enum { threads = 8 };
  struct compute_state workers[threads];
  struct threadpool* tp = aligned_alloc(64, 512);
  if (!tp) return 1;
  pthread_mutex_init(&tp->mutex, NULL);
  pthread_cond_init(&tp->cond, NULL);
  tp->graph = NULL;
  tp->n_graph = 0;
  tp->n_barrier = 0;
  tp->n_barrier_passed = 0;
  tp->stop = false;
  tp->n_threads = threads;
  for (int i = 0; i < threads; i++) {
    workers[i].pool = tp;
    workers[i].ith = i;
  }
  for (int i = 1; i < threads; i++)
    pthread_create(&workers[i].thread, NULL, graph_compute_thread, &workers[i]);
  graph_compute_thread(&workers[0]);
  for (int i = 1; i < threads; i++) pthread_join(workers[i].thread, NULL);
  free(tp);
  return 0;
}
