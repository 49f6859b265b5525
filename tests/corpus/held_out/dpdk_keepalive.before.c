// Project: DPDK, commit 462d918937.
// Fault: the array of the states is aligned, not its elements: monitored cores mark theirs on one
// line.
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#define MAX_CORES 128

enum state { UNUSED, ALIVE, MISSING, DEAD };

struct keepalive {
  enum state state_flags[MAX_CORES] __attribute__((aligned(64)));
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
  keepalive->state_flags[core] = ALIVE;
}

static void dispatch_pings(struct keepalive* keepalive) {
  for (unsigned int core = 0; core < MAX_CORES; core++) {
    if (!keepalive->active_cores[core]) continue;
    if (keepalive->state_flags[core] == ALIVE) {
      keepalive->state_flags[core] = MISSING;
      keepalive->last_alive[core] = time(0);
    } else if (keepalive->state_flags[core] == MISSING) {
      keepalive->state_flags[core] = DEAD;
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
