// expect: warning
// A thread-local pointer, set by the entry to the slot of the thread's number.
#include <pthread.h>
#include <stdint.h>
struct shard {
  unsigned long gets, puts;
  /*after: char pad[48];*/
} /*after: __attribute__((aligned(64)))*/;
static struct shard shards[8];
static __thread struct shard *self;
static void get(void) { self->gets++; }
static void put(void) { self->puts++; }
static void *loop(void *arg) {
  self = &shards[(intptr_t)arg];
  for (int i = 0; i < 100000000; ++i) {
    get();
    put();
  }
  return 0;
}
int main(void) {
  pthread_t t[8];
  for (intptr_t i = 0; i < 8; ++i) pthread_create(&t[i], 0, loop, (void *)i);
  for (int i = 0; i < 8; ++i) pthread_join(t[i], 0);
  return 0;
}
