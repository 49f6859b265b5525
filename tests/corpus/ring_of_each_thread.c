/* expect: silent */
#include <pthread.h>
#include <stdlib.h>
struct ring { _Alignas(64) int head; int size; void **data; };
struct args { int number; };
static struct ring rings[4];
static void insert(struct ring *ring, void *item) {
  ring->data[ring->head] = item;
  ring->head++;
  if (ring->head == ring->size) ring->head = 0;
}
static void *work(void *p) {
  struct args *a = p;
  for (int i = 0; i < 1000000; i++) insert(&rings[a->number], p);
  return 0;
}
int main(void) {
  pthread_t threads[4];
  struct args args[4];
  for (int i = 0; i < 4; i++) {
    rings[i].size = 64;
    rings[i].data = malloc(64 * sizeof(void *));
    args[i].number = i;
    pthread_create(&threads[i], 0, work, &args[i]);
  }
  for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
}
