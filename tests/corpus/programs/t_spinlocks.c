// expect: warning of false-sharing flags: -pthread
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#define BUCKETS 128
struct bucket { pthread_spinlock_t lock; int n; };  // before
struct bucket { pthread_spinlock_t lock; int n; } __attribute__((aligned(64)));  // after
static struct bucket table[BUCKETS];
static void insert(uint64_t key) {
  struct bucket *b = &table[(key * 0x9e3779b97f4a7c15ull) >> 57];
  pthread_spin_lock(&b->lock);
  b->n++;
  pthread_spin_unlock(&b->lock);
}
static void *fill(void *seed) {
  for (uint64_t i = 0; i < 1000000; i++) insert(i + (uintptr_t)seed);
  return 0;
}
int main(void) {
  pthread_t t[8];
  for (int i = 0; i < BUCKETS; i++) pthread_spin_init(&table[i].lock, 0);
  for (uintptr_t i = 0; i < 8; i++) pthread_create(&t[i], 0, fill, (void *)(i << 32));
  for (int i = 0; i < 8; i++) pthread_join(t[i], 0);
  return 0;
}
