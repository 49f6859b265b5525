// Project: HAProxy, commit 4d82bf5c2e.
// Fault: locks, lists and tasks of the threads lie in three arrays, up to 16 threads to a line.
#include <pthread.h>
#include <stddef.h>

#define MAX_THREADS 64

struct connection {
  struct connection* next;
};

struct task;

static pthread_spinlock_t toremove_lock[MAX_THREADS];
static struct task* idle_cleanup[MAX_THREADS];
static struct connection* toremove_connections[MAX_THREADS];
static __thread unsigned int tid;

struct connection* conn_new(void);
void conn_release(struct connection* conn);
void task_wakeup(struct task* task);

static void remove_later(struct connection* conn) {
  pthread_spin_lock(&toremove_lock[tid]);
  conn->next = toremove_connections[tid];
  toremove_connections[tid] = conn;
  pthread_spin_unlock(&toremove_lock[tid]);
  task_wakeup(idle_cleanup[tid]);
}

static void cleanup_toremove(void) {
  pthread_spin_lock(&toremove_lock[tid]);
  struct connection* conn = toremove_connections[tid];
  toremove_connections[tid] = NULL;
  pthread_spin_unlock(&toremove_lock[tid]);
  while (conn) {
    struct connection* next = conn->next;
    conn_release(conn);
    conn = next;
  }
}

static void* run_thread(void* arg) {
  tid = (unsigned int)(size_t)arg;
  for (int i = 0; i < 1000000; i++) {
    remove_later(conn_new());
    if (i % 64 == 0) cleanup_toremove();
  }
  return NULL;
}

int main(void) {
  pthread_t threads[MAX_THREADS];
  for (size_t i = 0; i < MAX_THREADS; i++)
    pthread_spin_init(&toremove_lock[i], PTHREAD_PROCESS_PRIVATE);
  for (size_t i = 0; i < MAX_THREADS; i++) pthread_create(&threads[i], NULL, run_thread, (void*)i);
  for (size_t i = 0; i < MAX_THREADS; i++) pthread_join(threads[i], NULL);
  return 0;
}
