// expect: warning of false-sharing
typedef void *gpointer;
typedef int gint;
typedef int gboolean;
typedef struct _GThreadPool GThreadPool;
typedef struct _GError GError;
typedef void (*GFunc)(gpointer data, gpointer user_data);
GThreadPool *g_thread_pool_new(GFunc func, gpointer user_data, gint max_threads, gboolean exclusive, GError **error);
gboolean g_thread_pool_push(GThreadPool *pool, gpointer data, GError **error);
void g_thread_pool_free(GThreadPool *pool, gboolean immediate, gboolean wait_);
typedef struct {
  const float *in;
  int n;
  float sum;
} Stripe;  // before
} __attribute__((aligned(64))) Stripe;  // after
static void add_up(gpointer data, gpointer user_data) {
  Stripe *stripe = data;
  (void)user_data;
  for (int i = 0; i < stripe->n; i++) stripe->sum += stripe->in[i];
}
float total(const float *values, int n) {
  Stripe stripes[16];
  GThreadPool *pool = g_thread_pool_new(add_up, 0, 16, 1, 0);
  float sum = 0;
  for (int i = 0; i < 16; i++) {
    stripes[i].in = values + i * (n / 16);
    stripes[i].n = n / 16;
    stripes[i].sum = 0;
    g_thread_pool_push(pool, &stripes[i], 0);
  }
  g_thread_pool_free(pool, 0, 1);
  for (int i = 0; i < 16; i++) sum += stripes[i].sum;
  return sum;
}
