/* expect: warning of false-sharing flags: -D_GNU_SOURCE */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
struct board {
  unsigned long parent_ticks;
  char apart[64];  // after
  unsigned long child_ticks;
};
int main(void) {
  struct board *b = mmap(0, sizeof *b, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t pid = fork();
  if (pid == 0) {
    for (int i = 0; i < 10000000; i++) b->child_ticks++;
    _exit(0);
  }
  for (int i = 0; i < 10000000; i++) b->parent_ticks++;
  waitpid(pid, 0, 0);
  return 0;
}
