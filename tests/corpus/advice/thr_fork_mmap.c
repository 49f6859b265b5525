// expect: warning of false-sharing flags: -D_GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
struct slot { long done; };  // before
struct slot { long done; char pad[120]; };  // after
int main(void) {
  struct slot *s = mmap(0, 8 * sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 8; ++i)
    if (fork() == 0) { for (long n = 0; n < 100000000; ++n) s[i].done++; _exit(0); }
  for (int i = 0; i < 8; ++i) wait(0);
  return s[0].done == 0;
}
