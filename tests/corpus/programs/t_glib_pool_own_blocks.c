/* expect: silent of false-sharing flags: -I/usr/include/glib-2.0 -I/usr/lib/x86_64-linux-gnu/glib-2.0/include */
#include <glib.h>
typedef struct { gsize words; gsize lines; } Count;
static void count_one(gpointer data, gpointer user_data) {
  Count *c = data;
  (void)user_data;
  for (int i = 0; i < 1000000; ++i) { c->words += i & 3; c->lines += i & 1; }
}
int main(void) {
  GThreadPool *pool = g_thread_pool_new(count_one, NULL, 4, FALSE, NULL);
  for (int i = 0; i < 16; ++i) g_thread_pool_push(pool, g_new0(Count, 1), NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
  return 0;
}
