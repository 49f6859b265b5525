/* expect: warning */
#include <pthread.h>
struct job { int id; long* sums; };
static void* work(void* p) {
  struct job* job = p;
  for (int i = 0; i < 100000; i++) job->sums[job->id] += i;
  return 0;
}
int main(void) {
  long sums[8] = {0};
  struct job jobs[8];
  pthread_t t[8];
  for (int i = 0; i < 8; i++) {
    jobs[i].id = i;
    jobs[i].sums = sums;
    pthread_create(&t[i], 0, work, &jobs[i]);
  }
  for (int i = 0; i < 8; i++) pthread_join(t[i], 0);
  return (int)sums[0];
}
