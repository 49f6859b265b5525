// Project: redis, commit e2cf386765 (#10892).
// Fault: the io threads' pending counts share lines: each counts its own down, the main one polls
// all.
#include <pthread.h>
#include <stdatomic.h>

#define IO_THREADS_MAX_NUM 128

static pthread_t io_threads[IO_THREADS_MAX_NUM];
static _Atomic unsigned long io_threads_pending[IO_THREADS_MAX_NUM];
static int io_threads_num = 4;

int handle_client(long thread, unsigned long client);

static unsigned long get_pending(int i) {
  return atomic_load_explicit(&io_threads_pending[i], memory_order_acquire);
}

static void set_pending(int i, unsigned long count) {
  atomic_store_explicit(&io_threads_pending[i], count, memory_order_release);
}

static void* io_thread_main(void* myid) {
  const long id = (long)myid;
  for (;;) {
    for (int spin = 0; spin < 1000000; spin++)
      if (get_pending((int)id) != 0) break;
    const unsigned long clients = get_pending((int)id);
    for (unsigned long c = 0; c < clients; c++) handle_client(id, c);
    set_pending((int)id, 0);
  }
  return 0;
}

int main(void) {
  for (int i = 1; i < io_threads_num; i++)
    pthread_create(&io_threads[i], 0, io_thread_main, (void*)(long)i);
  for (int round = 0; round < 100000; round++) {
    for (int i = 1; i < io_threads_num; i++) set_pending(i, 16);
    unsigned long left = 1;
    while (left != 0) {
      left = 0;
      for (int i = 1; i < io_threads_num; i++) left += get_pending(i);
    }
  }
  return 0;
}
