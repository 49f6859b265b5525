/* expect: silent of false-sharing */
#include <poll.h>
#include <unistd.h>
struct server { int fd; unsigned long accepted; unsigned long closed; };
typedef void (*handler)(struct server *);
static void on_accept(struct server *s) { s->accepted++; }
static void on_close(struct server *s) { s->closed++; }
static handler handlers[2] = {on_accept, on_close};
int main(void) {
  struct server server = {0};
  struct pollfd p = {.fd = 0, .events = POLLIN};
  char c;
  while (poll(&p, 1, -1) > 0 && read(0, &c, 1) == 1) handlers[c & 1](&server);
  return 0;
}
