/* expect: warning of false-sharing flags: -I/usr/include/glib-2.0 -I/usr/lib/x86_64-linux-gnu/glib-2.0/include */
#include <glib.h>
typedef struct {
  guint64 frames_decoded;
  char pad[64];  // after
  guint64 frames_shown;
  char pad2[64];  // after
  gint quit;
} Player;
static gpointer decode(gpointer data) {
  Player *p = data;
  while (!g_atomic_int_get(&p->quit)) p->frames_decoded++;
  return NULL;
}
static gpointer show(gpointer data) {
  Player *p = data;
  while (!g_atomic_int_get(&p->quit)) p->frames_shown++;
  return NULL;
}
int main(void) {
  Player *p = g_new0(Player, 1);
  GThread *a = g_thread_new("decode", decode, p);
  GThread *b = g_thread_new("show", show, p);
  g_usleep(1000000);
  g_atomic_int_set(&p->quit, 1);
  g_thread_join(a);
  g_thread_join(b);
  g_free(p);
  return 0;
}
