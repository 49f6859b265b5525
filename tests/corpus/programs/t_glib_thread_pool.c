/* expect: warning of false-sharing flags: -I/usr/include/glib-2.0 -I/usr/lib/x86_64-linux-gnu/glib-2.0/include */
#include <glib.h>
typedef struct {
  const char *text;
  gsize words;
  gsize lines;
  char apart[64];  // after
} Chunk;
static void count_chunk(gpointer data, gpointer user_data) {
  Chunk *chunk = data;
  (void)user_data;
  for (const char *p = chunk->text; *p; ++p) {
    if (*p == ' ') chunk->words++;
    if (*p == '\n') chunk->lines++;
  }
}
int main(void) {
  Chunk chunks[16] = {{0}};
  GThreadPool *pool = g_thread_pool_new(count_chunk, NULL, 8, FALSE, NULL);
  for (int i = 0; i < 16; ++i) {
    chunks[i].text = "some text";
    g_thread_pool_push(pool, &chunks[i], NULL);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  return 0;
}
