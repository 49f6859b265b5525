// Project: HAProxy, commit 4d82bf5c2e.
// Mend: one array of records with all three, aligned to a line.
#include <pthread.h>
#include <stddef.h>

#define MAX_THREADS 64

struct connection {
  struct connection* next;
};

struct task;

struct idle_conns {
  struct connection* toremove_conns;
  pthread_spinlock_t toremove_lock;
  struct task* cleanup_task;
} __attribute__((aligned(64)));

static struct idle_conns idle_conns[MAX_THREADS];
static __thread unsigned int tid;

struct connection* conn_new(void);
void conn_release(struct connection* conn);
void task_wakeup(struct task* task);

static void remove_later(struct connection* conn) {
  pthread_spin_lock(&idle_conns[tid].toremove_lock);
  conn->next = idle_conns[tid].toremove_conns;
  idle_conns[tid].toremove_conns = conn;
  pthread_spin_unlock(&idle_conns[tid].toremove_lock);
  task_wakeup(idle_conns[tid].cleanup_task);
}

static void cleanup_toremove(void) {
  pthread_spin_lock(&idle_conns[tid].toremove_lock);
  struct connection* conn = idle_conns[tid].toremove_conns;
  idle_conns[tid].toremove_conns = NULL;
  pthread_spin_unlock(&idle_conns[tid].toremove_lock);
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
    pthread_spin_init(&idle_conns[i].toremove_lock, PTHREAD_PROCESS_PRIVATE);
  for (size_t i = 0; i < MAX_THREADS; i++) pthread_create(&threads[i], NULL, run_thread, (void*)i);
  for (size_t i = 0; i < MAX_THREADS; i++) pthread_join(threads[i], NULL);
  return 0;
}
