/* expect: warning */
#include <stdatomic.h>
#include <threads.h>
struct counters { _Atomic long up; _Atomic long down; };
static struct counters shared;
static int go_up(void* a) { for (int i = 0; i < 100000; i++) shared.up++; return a != 0; }
static int go_down(void* a) { for (int i = 0; i < 100000; i++) atomic_fetch_add(&shared.down, 1); return a != 0; }
int main(void) {
  thrd_t x, y;
  thrd_create(&x, go_up, 0);
  thrd_create(&y, go_down, 0);
  thrd_join(x, 0);
  thrd_join(y, 0);
  return 0;
}
