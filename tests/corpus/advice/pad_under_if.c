// expect: warning of padding
#include <stdlib.h>
struct client {
  char auth;
  long id;
  char dirty;
#ifdef WITH_TLS
  void *tls;
  char verify;
#endif
  long bytes;
  char paused;
  struct client *next;
};
struct client *fresh(struct client *head) { struct client *c = calloc(1, sizeof *c); c->next = head; return c; }
