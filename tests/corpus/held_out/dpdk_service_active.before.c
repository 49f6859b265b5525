// Project: DPDK, commit e484ccddbe.
// Fault: each core sets its byte in an array of the service, eight and more cores to a line.
#include <pthread.h>
#include <stdint.h>

#define MAX_LCORE 128
#define SERVICE_MAX 64

struct service {
  int (*callback)(void* userdata);
  void* userdata;
  int8_t app_runstate;
  int8_t comp_runstate;
  uint8_t internal_flags;
  unsigned char active_on_lcore[MAX_LCORE];
} __attribute__((aligned(64)));

struct core_state {
  uint64_t service_mask;
  uint8_t is_service_core;
  uint64_t loops;
} __attribute__((aligned(64)));

static struct service services[SERVICE_MAX];
static struct core_state lcore_states[MAX_LCORE];

static int service_run(uint32_t i, int lcore, struct core_state* cs, uint64_t mask) {
  struct service* s = &services[i];
  (void)lcore;
  (void)cs;
  if (!(s->internal_flags & 1)) return -1;
  if (s->comp_runstate != 1 || s->app_runstate != 1 || !(mask & (UINT64_C(1) << i))) {
    s->active_on_lcore[lcore] = 0;
    return -1;
  }
  s->active_on_lcore[lcore] = 1;
  return s->callback(s->userdata);
}

int may_be_active(uint32_t id) {
  for (int lcore = 0; lcore < MAX_LCORE; lcore++)
    if (services[id].active_on_lcore[lcore]) return 1;
  return 0;
}

static void* service_runner(void* arg) {
  const int lcore = (int)(intptr_t)arg;
  struct core_state* cs = &lcore_states[lcore];
  for (int round = 0; round < 1000000; round++) {
    const uint64_t mask = cs->service_mask;
    for (uint32_t i = 0; i < SERVICE_MAX; i++) service_run(i, lcore, cs, mask);
    cs->loops++;
  }
  return 0;
}

int main(void) {
  pthread_t cores[MAX_LCORE];
  for (intptr_t lcore = 0; lcore < MAX_LCORE; lcore++)
    pthread_create(&cores[lcore], 0, service_runner, (void*)lcore);
  for (int lcore = 0; lcore < MAX_LCORE; lcore++) pthread_join(cores[lcore], 0);
  return may_be_active(0);
}
