// expect: silent
#include <pthread.h>
#define ROWS 1024
#define COLS 1024
static double grid[ROWS * COLS];
static void *rows(void *arg) {
  long me = (long)arg;
  for (long r = me * 128; r < (me + 1) * 128; ++r)
    for (long c = 0; c < COLS; ++c) grid[r * COLS + c] = r * 0.5 + c;
  return 0;
}
int main(void) {
  pthread_t t[8];
  for (long i = 0; i < 8; ++i) pthread_create(&t[i], 0, rows, (void *)i);
  for (int i = 0; i < 8; ++i) pthread_join(t[i], 0);
  return 0;
}
