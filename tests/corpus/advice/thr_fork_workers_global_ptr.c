// expect: warning of false-sharing flags: -D_GNU_SOURCE
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#define WORKERS 4
struct counter { unsigned long requests, errors; };  // before
struct counter { unsigned long requests, errors; } __attribute__((aligned(128)));  // after
static struct counter *counters;
static void work(int id) { for (;;) { counters[id].requests++; if (counters[id].requests % 7 == 0) counters[id].errors++; } }
int main(void) {
  counters = mmap(NULL, WORKERS * sizeof(struct counter), PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_SHARED, -1, 0);
  for (int i = 0; i < WORKERS; i++) {
    pid_t pid = fork();
    if (pid < 0) return 1;
    if (pid == 0) work(i);
  }
  while (wait(NULL) > 0) {}
  return 0;
}
