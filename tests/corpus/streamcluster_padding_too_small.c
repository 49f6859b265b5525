/* expect: warning */
#include <pthread.h>
#define CACHE_LINE 32
struct slot { double sum; char pad[CACHE_LINE - sizeof(double)]; };
static struct slot work_mem[16];
static void* work(void* p) {
  struct slot* own = p;
  for (int i = 0; i < 100000; i++) own->sum += i;
  return 0;
}
int main(void) {
  pthread_t t[16];
  for (int i = 0; i < 16; i++) pthread_create(&t[i], 0, work, &work_mem[i]);
  for (int i = 0; i < 16; i++) pthread_join(t[i], 0);
  return 0;
}
