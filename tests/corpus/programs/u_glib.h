#pragma once
#include <stddef.h>
typedef void *gpointer;
typedef unsigned long guint64;
typedef unsigned int guint;
typedef unsigned long gsize;
typedef struct _GThread GThread;
typedef gpointer (*GThreadFunc)(gpointer data);
GThread *g_thread_new(const char *name, GThreadFunc func, gpointer data);
gpointer g_thread_join(GThread *thread);
gpointer g_malloc0_n(gsize n_blocks, gsize n_block_bytes);
void g_free(gpointer mem);
#define g_new0(type, n) ((type *)g_malloc0_n((n), sizeof(type)))
