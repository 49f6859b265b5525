// Project: Julia, #52994 (queues of the marking threads).
// Fault: the owner moves the bottom of its work queue, thieves the top, on one line.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { gc_threads = 4, capacity = 1 << 16 };

typedef struct {
  void** buffer;
  int32_t mask;
} ws_array_t;

typedef struct {
  _Atomic(int64_t) top;
  _Atomic(int64_t) bottom;
  _Atomic(ws_array_t*) array;
} ws_queue_t;

void mark_object(void* object);
void* next_object(int thread);

static ws_queue_t* queues[gc_threads];

static int ws_queue_push(ws_queue_t* q, void* element) {
  const int64_t b = atomic_load_explicit(&q->bottom, memory_order_relaxed);
  const int64_t t = atomic_load_explicit(&q->top, memory_order_acquire);
  ws_array_t* array = atomic_load_explicit(&q->array, memory_order_relaxed);
  if (b - t > array->mask) return 0;
  array->buffer[b & array->mask] = element;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&q->bottom, b + 1, memory_order_relaxed);
  return 1;
}

static void* ws_queue_pop(ws_queue_t* q) {
  const int64_t b = atomic_load_explicit(&q->bottom, memory_order_relaxed) - 1;
  ws_array_t* array = atomic_load_explicit(&q->array, memory_order_relaxed);
  atomic_store_explicit(&q->bottom, b, memory_order_relaxed);
  atomic_thread_fence(memory_order_seq_cst);
  int64_t t = atomic_load_explicit(&q->top, memory_order_relaxed);
  void* element = NULL;
  if (t <= b) {
    element = array->buffer[b & array->mask];
    if (t != b) return element;
    if (!atomic_compare_exchange_strong(&q->top, &t, t + 1)) element = NULL;
  }
  atomic_store_explicit(&q->bottom, b + 1, memory_order_relaxed);
  return element;
}

static void* ws_queue_steal_from(ws_queue_t* q) {
  int64_t t = atomic_load_explicit(&q->top, memory_order_acquire);
  atomic_thread_fence(memory_order_seq_cst);
  const int64_t b = atomic_load_explicit(&q->bottom, memory_order_acquire);
  if (t >= b) return NULL;
  ws_array_t* array = atomic_load_explicit(&q->array, memory_order_relaxed);
  void* element = array->buffer[t & array->mask];
  return atomic_compare_exchange_strong(&q->top, &t, t + 1) ? element : NULL;
}

static void* gc_thread_main(void* arg) {
  const int self = (int)(intptr_t)arg;
  for (int round = 0; round < 1000000; round++) {
    void* object = next_object(self);
    if (object) ws_queue_push(queues[self], object);
    object = ws_queue_pop(queues[self]);
    for (int i = 1; !object && i < gc_threads; i++)
      object = ws_queue_steal_from(queues[(self + i) % gc_threads]);
    if (object) mark_object(object);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[gc_threads];
  for (int i = 0; i < gc_threads; i++) {
    ws_array_t* array = malloc(sizeof(ws_array_t));
    queues[i] = aligned_alloc(64, 192);
    if (!array || !queues[i]) return 1;
    array->buffer = malloc(capacity * sizeof(void*));
    array->mask = capacity - 1;
    atomic_init(&queues[i]->top, 0);
    atomic_init(&queues[i]->bottom, 0);
    atomic_init(&queues[i]->array, array);
  }
  for (intptr_t i = 0; i < gc_threads; i++)
    pthread_create(&threads[i], NULL, gc_thread_main, (void*)i);
  for (int i = 0; i < gc_threads; i++) pthread_join(threads[i], NULL);
  return 0;
}
