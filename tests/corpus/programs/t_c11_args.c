// expect: warning of false-sharing flags: -pthread
#include <stdio.h>
#include <threads.h>
struct job {
  int from, to;
  unsigned primes;
  char pad[64 - 3 * sizeof(int)];  // after
};
static int is_prime(int n) {
  for (int d = 2; d * d <= n; d++)
    if (n % d == 0) return 0;
  return n > 1;
}
static int count(void *p) {
  struct job *j = p;
  for (int i = j->from; i < j->to; i++)
    if (is_prime(i)) j->primes++;
  return 0;
}
int main(void) {
  static struct job jobs[4] __attribute__((aligned(64)));
  thrd_t t[4];
  for (int i = 0; i < 4; i++) {
    jobs[i].from = i * 100000;
    jobs[i].to = (i + 1) * 100000;
    thrd_create(&t[i], count, &jobs[i]);
  }
  for (int i = 0; i < 4; i++) thrd_join(t[i], NULL);
  printf("%u\n", jobs[0].primes);
  return 0;
}
