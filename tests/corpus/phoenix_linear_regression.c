/* expect: warning */
#include <pthread.h>
struct point { int x, y; };
struct args { pthread_t tid; struct point* points; int count; long long sx, sy, sxx, syy, sxy; };
static void* work(void* p) {
  struct args* a = p;
  for (int i = 0; i < a->count; i++) {
    a->sx += a->points[i].x;
    a->sxx += a->points[i].x * a->points[i].x;
    a->sy += a->points[i].y;
  }
  return 0;
}
static struct args all[8];
int main(void) {
  for (int i = 0; i < 8; i++) pthread_create(&all[i].tid, 0, work, &all[i]);
  for (int i = 0; i < 8; i++) pthread_join(all[i].tid, 0);
  return 0;
}
