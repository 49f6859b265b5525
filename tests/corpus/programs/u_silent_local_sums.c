/* expect: silent of false-sharing flags: -pthread */
#include <pthread.h>
struct job { const int *data; int n; long sum; };
static void *work(void *p) {
  struct job *j = p;
  long sum = 0;
  for (int i = 0; i < j->n; ++i) sum += j->data[i];
  j->sum = sum;
  return 0;
}
static int data[1 << 16];
int main(void) {
  pthread_t t[4];
  struct job jobs[4];
  for (int i = 0; i < 4; ++i) {
    jobs[i] = (struct job){data + i * (1 << 14), 1 << 14, 0};
    pthread_create(&t[i], 0, work, &jobs[i]);
  }
  for (int i = 0; i < 4; ++i) pthread_join(t[i], 0);
  return (int)jobs[0].sum;
}
