/* expect: warning */
#include <pthread.h>
static long produced;
static long consumed;
static void* produce(void* a) { for (int i = 0; i < 100000; i++) produced++; return a; }
static void* consume(void* a) { for (int i = 0; i < 100000; i++) consumed++; return a; }
int main(void) {
  pthread_t p, c;
  pthread_create(&p, 0, produce, 0);
  pthread_create(&c, 0, consume, 0);
  pthread_join(p, 0);
  pthread_join(c, 0);
  return 0;
}
