// expect: warning of false-sharing
#include <pthread.h>
struct shared { unsigned long rx; char gap[64]; unsigned long tx; };  // after
struct shared { unsigned long rx; unsigned long tx; };  // before
static struct shared sh;
static void *rx_loop(void *p) { (void)p; for (int i = 0; i < 100000000; ++i) sh.rx++; return 0; }
static void *tx_loop(void *p) { (void)p; for (int i = 0; i < 100000000; ++i) sh.tx++; return 0; }
typedef void *(*loop_fn)(void *);
static loop_fn role(int r) { switch (r) { case 0: return rx_loop; default: return tx_loop; } }
int main(void) {
  pthread_t t[2];
  for (int i = 0; i < 2; ++i) pthread_create(&t[i], 0, role(i), 0);
  for (int i = 0; i < 2; ++i) pthread_join(t[i], 0);
}
