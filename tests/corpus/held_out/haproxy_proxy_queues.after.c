// Project: HAProxy, commit a9df6947b4.
// Mend: what changes all the time on one line, what is only changed when queues are used on the
// next.
#include <pthread.h>
#include <stdlib.h>

struct proxy {
  const char* id;
  unsigned int fullconn;
  int conn_retries;
  char counts_on_their_own_line[0] __attribute__((aligned(64)));
  int served;
  unsigned int feconn, beconn;
  char queues_on_their_own_line[0] __attribute__((aligned(64)));
  unsigned int queueslength;
  int totpend;
};

int handle_stream(const struct proxy* px, int queued);

static struct proxy* backend;

static int may_dequeue_tasks(const struct proxy* px) {
  return __atomic_load_n(&px->queueslength, __ATOMIC_RELAXED) != 0 ||
         __atomic_load_n(&px->totpend, __ATOMIC_RELAXED) != 0;
}

static void queue_one(struct proxy* px) {
  __atomic_add_fetch(&px->queueslength, 1, __ATOMIC_RELAXED);
  __atomic_add_fetch(&px->totpend, 1, __ATOMIC_RELAXED);
}

static void process_stream(struct proxy* px) {
  __atomic_add_fetch(&px->beconn, 1, __ATOMIC_RELAXED);
  __atomic_add_fetch(&px->served, 1, __ATOMIC_RELAXED);
  if (px->beconn > px->fullconn) queue_one(px);
  handle_stream(px, may_dequeue_tasks(px));
  __atomic_sub_fetch(&px->served, 1, __ATOMIC_RELAXED);
  __atomic_sub_fetch(&px->beconn, 1, __ATOMIC_RELAXED);
}

static void* run_poll_loop(void* arg) {
  (void)arg;
  for (int i = 0; i < 1000000; i++) process_stream(backend);
  return 0;
}

int main(void) {
  pthread_t threads[4];
  backend = aligned_alloc(64, sizeof(*backend));
  if (!backend) return 1;
  *backend = (struct proxy){.id = "backend", .fullconn = 1000, .conn_retries = 3};
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], 0, run_poll_loop, 0);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
  free(backend);
  return 0;
}
