// expect: warning
typedef struct _GThread GThread;
typedef void *gpointer;
GThread *g_thread_new(const char *name, gpointer (*func)(gpointer), gpointer data);
gpointer g_thread_join(GThread *thread);
typedef struct {
  unsigned long in;
  /*after: _Alignas(64)*/ unsigned long out;
} Flow;
static gpointer reader(gpointer data) {
  Flow *f = data;
  for (int i = 0; i < 1000000; ++i) f->in += i;
  return 0;
}
static gpointer writer(gpointer data) {
  Flow *f = data;
  for (int i = 0; i < 1000000; ++i) f->out += i;
  return 0;
}
int main(void) {
  Flow flow = {0};
  GThread *r = g_thread_new("r", reader, &flow);
  GThread *w = g_thread_new("w", writer, &flow);
  g_thread_join(r);
  g_thread_join(w);
  return 0;
}
