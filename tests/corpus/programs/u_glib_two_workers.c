/* expect: warning of false-sharing flags: -I/usr/include/glib-2.0 -I/usr/lib/x86_64-linux-gnu/glib-2.0/include */
// header: u_glib.h
#include <u_glib.h>
typedef struct {
  GThread *decoder, *encoder;
  guint64 decoded;
  char gap[64];  // after
  guint64 encoded;
} Transcoder;
static gpointer decode(gpointer data) {
  Transcoder *t = data;
  for (guint i = 0; i < 50000000; i++) t->decoded += i & 1;
  return NULL;
}
static gpointer encode(gpointer data) {
  Transcoder *t = data;
  for (guint i = 0; i < 50000000; i++) t->encoded += i & 1;
  return NULL;
}
int main(void) {
  Transcoder *t = g_new0(Transcoder, 1);
  t->decoder = g_thread_new("decode", decode, t);
  t->encoder = g_thread_new("encode", encode, t);
  g_thread_join(t->decoder);
  g_thread_join(t->encoder);
  g_free(t);
  return 0;
}
