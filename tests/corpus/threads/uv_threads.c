// expect: warning
typedef struct { unsigned long id; } uv_thread_t;
int uv_thread_create(uv_thread_t *tid, void (*entry)(void *), void *arg);
int uv_thread_join(uv_thread_t *tid);
struct ctx {
  long done;
  /*after: char pad[56];*/
} /*after: __attribute__((aligned(64)))*/;
static void go(void *arg) {
  struct ctx *c = arg;
  for (int i = 0; i < 100000000; ++i) c->done++;
}
int main(void) {
  uv_thread_t t[4];
  struct ctx all[4] = {0};
  for (int i = 0; i < 4; ++i) uv_thread_create(&t[i], go, all + i);
  for (int i = 0; i < 4; ++i) uv_thread_join(&t[i]);
  return 0;
}
