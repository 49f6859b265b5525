// Project: DPDK, commit 462d918937.
// Mend: each state is a member that is aligned to a line.
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#define MAX_CORES 128

enum state { UNUSED, ALIVE, MISSING, DEAD };

struct keepalive {
  struct {
    enum state core_state __attribute__((aligned(64)));
  } live_data[MAX_CORES];
  time_t last_alive[MAX_CORES];
  unsigned char active_cores[MAX_CORES];
};

struct core {
  pthread_t thread;
  struct keepalive* keepalive;
  unsigned int id;
};

void work(unsigned int core);

static void mark_alive(struct keepalive* keepalive, unsigned int core) {
  keepalive->live_data[core].core_state = ALIVE;
}

static void dispatch_pings(struct keepalive* keepalive) {
  for (unsigned int core = 0; core < MAX_CORES; core++) {
    if (!keepalive->active_cores[core]) continue;
    if (keepalive->live_data[core].core_state == ALIVE) {
      keepalive->live_data[core].core_state = MISSING;
      keepalive->last_alive[core] = time(0);
    } else if (keepalive->live_data[core].core_state == MISSING) {
      keepalive->live_data[core].core_state = DEAD;
    }
  }
}

static void* core_main(void* arg) {
  const struct core* core = arg;
  for (;;) {
    work(core->id);
    mark_alive(core->keepalive, core->id);
  }
  return 0;
}

int main(void) {
  static struct core cores[MAX_CORES];
  struct keepalive* keepalive = aligned_alloc(64, sizeof(struct keepalive) + 64);
  if (!keepalive) return 1;
  for (unsigned int i = 0; i < MAX_CORES; i++) {
    keepalive->active_cores[i] = 1;
    cores[i].keepalive = keepalive;
    cores[i].id = i;
  }
  for (unsigned int i = 0; i < MAX_CORES; i++)
    pthread_create(&cores[i].thread, 0, core_main, &cores[i]);
  for (int round = 0; round < 1000; round++) dispatch_pings(keepalive);
  return 0;
}
