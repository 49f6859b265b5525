/* expect: silent */
#include <pthread.h>
#define unlikely(x) __builtin_expect(!!(x), 0)
struct stats { long rx_errors; long tx_errors; };
static struct stats stats;
int receive(void);
int transmit(void);
static void *rx(void *arg) {
  for (;;) {
    if (unlikely(receive() < 0)) stats.rx_errors++;
  }
  return arg;
}
static void *tx(void *arg) {
  for (;;) {
    if (unlikely(transmit() < 0)) stats.tx_errors++;
  }
  return arg;
}
int main(void) {
  pthread_t a, b;
  pthread_create(&a, 0, rx, 0);
  pthread_create(&b, 0, tx, 0);
  pthread_join(a, 0);
  pthread_join(b, 0);
}
