// expect: warning
enum rte_rmt_call_main_t { SKIP_MAIN, CALL_MAIN };
int rte_eal_mp_remote_launch(int (*f)(void *), void *arg, enum rte_rmt_call_main_t call_main);
void rte_eal_mp_wait_lcore(void);
unsigned rte_lcore_id(void);
struct port_stats {
  unsigned long rx, tx;
  /*after: char pad[48];*/
} /*after: __attribute__((aligned(64)))*/;
static struct port_stats per_lcore[128];
static int main_loop(void *arg) {
  unsigned id = rte_lcore_id();
  for (int i = 0; i < 1000000; ++i) {
    per_lcore[id].rx += 32;
    per_lcore[id].tx += 32;
  }
  return arg != 0;
}
int main(void) {
  rte_eal_mp_remote_launch(main_loop, 0, CALL_MAIN);
  rte_eal_mp_wait_lcore();
  return 0;
}
