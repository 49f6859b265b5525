// expect: warning of padding
#include <stdlib.h>
typedef struct request {
  char method;  // before
  char *path;
  char keepalive;  // before
  char *host;
  short status;  // before
  size_t length;
  int fd;  // before
  char *body;
  int fd;  // after
  short status;  // after
  char method, keepalive;  // after
} request;
struct handler { void (*accept)(int fd); };
static void serve(request *r) { r->status = 200; free(r); }
static void on_accept(int fd) {
  request *r = malloc(sizeof(request));
  if (!r) return;
  r->fd = fd;
  serve(r);
}
const struct handler http = {on_accept};
