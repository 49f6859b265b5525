/* expect: warning of false-sharing flags: -pthread */
#include <pthread.h>
#include <unistd.h>
static volatile unsigned long rx_packets;
static char keep_apart[128];  // after
static volatile unsigned long tx_packets;
static void *rx(void *unused) {
  (void)unused;
  char buffer[1500];
  while (read(0, buffer, sizeof buffer) > 0) rx_packets++;
  return 0;
}
static void *tx(void *unused) {
  (void)unused;
  char buffer[64] = {0};
  while (write(1, buffer, sizeof buffer) > 0) tx_packets++;
  return 0;
}
int main(void) {
  pthread_t r, t;
  pthread_create(&r, 0, rx, 0);
  pthread_create(&t, 0, tx, 0);
  pthread_join(r, 0);
  pthread_join(t, 0);
  return keep_apart[0];  // after
}
