// Project: FD.io VPP, commit 227bf211ab.
// Mend: a mark of no size that is aligned to a line opens the record.
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

struct mempool;
struct mbuf;

typedef struct {
  unsigned char cacheline0[0] __attribute__((aligned(64)));
  struct mbuf** pending_free_list;
  struct mempool* last_pool;
  unsigned char last_buffer_pool_index;
} per_thread_data;

typedef struct {
  per_thread_data* ptd;
  int n_threads;
} buffer_main;

typedef struct {
  pthread_t handle;
  int thread_index;
} vlib_main;

struct mempool* pool_of(unsigned int buffer);
struct mbuf** enqueue_free(struct mbuf** list, struct mempool* pool, unsigned int buffer);

static buffer_main the_buffer_main;

static void recycle_or_free(vlib_main* vm, buffer_main* bm, unsigned int buffer) {
  const int thread_index = vm->thread_index;
  struct mempool* pool = bm->ptd[thread_index].last_pool;
  const unsigned char index = (unsigned char)(buffer >> 24);
  if (index != bm->ptd[thread_index].last_buffer_pool_index) {
    pool = pool_of(buffer);
    bm->ptd[thread_index].last_pool = pool;
    bm->ptd[thread_index].last_buffer_pool_index = index;
  }
  bm->ptd[thread_index].pending_free_list =
      enqueue_free(bm->ptd[thread_index].pending_free_list, pool, buffer);
}

static void* worker_loop(void* arg) {
  vlib_main* vm = arg;
  for (unsigned int buffer = 0; buffer < 1u << 30; buffer += 4096)
    recycle_or_free(vm, &the_buffer_main, buffer);
  return NULL;
}

int main(void) {
  static vlib_main workers[8];
  buffer_main* bm = &the_buffer_main;
  bm->n_threads = 8;
  bm->ptd = aligned_alloc(64, 64 * 8);
  if (!bm->ptd) return 1;
  for (int i = 0; i < bm->n_threads; i++) {
    bm->ptd[i].pending_free_list = NULL;
    bm->ptd[i].last_pool = NULL;
    bm->ptd[i].last_buffer_pool_index = 255;
    workers[i].thread_index = i;
  }
  for (int i = 0; i < bm->n_threads; i++)
    pthread_create(&workers[i].handle, NULL, worker_loop, &workers[i]);
  for (int i = 0; i < bm->n_threads; i++) pthread_join(workers[i].handle, NULL);
  free(bm->ptd);
  return 0;
}
