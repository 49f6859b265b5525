// expect: silent of false-sharing flags: -D_GNU_SOURCE
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
struct slot { long done; };
int main(void) {
  struct slot *s = calloc(8, sizeof *s);
  for (int i = 0; i < 8; ++i)
    if (fork() == 0) { for (long n = 0; n < 100000000; ++n) s[i].done++; _exit(0); }
  for (int i = 0; i < 8; ++i) wait(0);
  return s[0].done == 0;
}
