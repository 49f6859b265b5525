// expect: warning of false-sharing flags: -D_GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>
struct stats {
  volatile unsigned long produced;
  char gap[120];  // after
  volatile unsigned long consumed;
};
static struct stats *map_stats(void) {
  int fd = shm_open("/stats", O_CREAT | O_RDWR, 0600);
  ftruncate(fd, sizeof(struct stats));
  return mmap(NULL, sizeof(struct stats), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}
static void producer(struct stats *s) { for (;;) s->produced++; }
static void consumer(struct stats *s) { for (;;) s->consumed++; }
int main(void) {
  struct stats *s = map_stats();
  pid_t p = fork();
  if (p == 0) { producer(s); _exit(0); }
  consumer(s);
  return 0;
}
