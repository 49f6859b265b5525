// expect: warning
typedef void *HANDLE;
typedef unsigned long DWORD;
HANDLE CreateThread(void *attributes, unsigned long long stack, DWORD (*start)(void *), void *arg, DWORD flags, DWORD *id);
DWORD WaitForMultipleObjects(DWORD n, const HANDLE *h, int all, DWORD ms);
struct worker_stats {
  long frames;
  long dropped;
  /*after: char pad[48];*/
} /*after: __attribute__((aligned(64)))*/;
static struct worker_stats stats[4];
static DWORD worker(void *p) {
  long long me = (long long)p;
  for (int i = 0; i < 100000000; ++i) {
    stats[me].frames++;
    if (i % 100 == 0) stats[me].dropped++;
  }
  return 0;
}
int main(void) {
  HANDLE h[4];
  for (long long i = 0; i < 4; ++i) h[i] = CreateThread(0, 0, worker, (void *)i, 0, 0);
  WaitForMultipleObjects(4, h, 1, 0xffffffff);
  return 0;
}
