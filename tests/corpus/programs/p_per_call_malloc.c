/* expect: warning of padding flags: -D_GNU_SOURCE */
#include <stdlib.h>
#include <string.h>
struct request {
  char method;  // before
  char *path;
  char version;  // before
  char *body;
  unsigned short status;  // before
  size_t length;
  unsigned short status; char method, version;  // after
};
struct request *request_new(const char *path) {
  struct request *r = malloc(sizeof(*r));
  if (!r) return NULL;
  memset(r, 0, sizeof(*r));
  r->path = strdup(path);
  return r;
}
