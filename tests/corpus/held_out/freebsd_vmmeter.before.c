// Project: FreeBSD, review D12281.
// Fault: counts of free, wired and cached pages are members of one record of statistics.
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

struct vmmeter {
  unsigned int v_page_size;
  unsigned int v_page_count;
  unsigned int v_free_target;
  atomic_uint v_free_count;
  atomic_uint v_wire_count;
  atomic_uint v_user_wire_count;
};

static struct vmmeter vm_cnt = {.v_page_size = 4096, .v_page_count = 1 << 20, .v_free_target = 64};
#define free_count vm_cnt.v_free_count
#define wire_count vm_cnt.v_wire_count
#define user_wire_count vm_cnt.v_user_wire_count

void copy_page(unsigned int bytes);

static void page_alloc(void) {
  atomic_fetch_sub(&free_count, 1);
  copy_page(vm_cnt.v_page_size);
}

static void page_free(void) {
  atomic_fetch_add(&free_count, 1);
}

static void* fork_and_exit(void* arg) {
  for (int i = 0; i < 1000000; i++) {
    page_alloc();
    page_free();
  }
  return arg;
}

static void* map_buffers(void* arg) {
  for (int i = 0; i < 1000000; i++) {
    atomic_fetch_add(&wire_count, 1);
    atomic_fetch_sub(&wire_count, 1);
  }
  return arg;
}

static void* lock_memory(void* arg) {
  for (int i = 0; i < 1000000; i++) {
    atomic_fetch_add(&user_wire_count, 1);
    atomic_fetch_sub(&user_wire_count, 1);
  }
  return arg;
}

int main(void) {
  pthread_t threads[6];
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, fork_and_exit, NULL);
  for (int i = 2; i < 4; i++) pthread_create(&threads[i], NULL, map_buffers, NULL);
  for (int i = 4; i < 6; i++) pthread_create(&threads[i], NULL, lock_memory, NULL);
  for (int i = 0; i < 6; i++) pthread_join(threads[i], NULL);
  return 0;
}
