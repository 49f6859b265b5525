// expect: warning
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_work_s {
  void *data;
} uv_work_t;
uv_loop_t *uv_default_loop(void);
int uv_queue_work(uv_loop_t *loop, uv_work_t *req, void (*work)(uv_work_t *), void (*after)(uv_work_t *, int));
int uv_run(uv_loop_t *loop, int mode);
struct piece {
  long sum;
  /*after: char pad[56];*/
} /*after: __attribute__((aligned(64)))*/;
static struct piece pieces[4];
static void work(uv_work_t *req) {
  struct piece *p = req->data;
  for (int i = 0; i < 10000000; ++i) p->sum += i;
}
static void after(uv_work_t *req, int status) { (void)req; (void)status; }
int main(void) {
  static uv_work_t reqs[4];
  for (int i = 0; i < 4; ++i) {
    reqs[i].data = &pieces[i];
    uv_queue_work(uv_default_loop(), &reqs[i], work, after);
  }
  return uv_run(uv_default_loop(), 0);
}
