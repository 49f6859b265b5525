// expect: warning of false-sharing
typedef void *HANDLE;
typedef unsigned long DWORD;
typedef void *LPVOID;
typedef DWORD (*LPTHREAD_START_ROUTINE)(LPVOID);
HANDLE CreateThread(void *, unsigned long long, LPTHREAD_START_ROUTINE, LPVOID, DWORD, DWORD *);
DWORD WaitForMultipleObjects(DWORD, const HANDLE *, int, DWORD);
struct lane {
  unsigned index;
  unsigned long long frames;
  unsigned long long dropped;
  char fill[40];  // after
};
static struct lane lanes[8];
static DWORD encode(LPVOID p) {
  struct lane *me = (struct lane *)p;
  for (unsigned i = 0; i < 1000000u; ++i) {
    if ((i * 2654435761u) >> 28) me->frames++;
    else me->dropped++;
  }
  return 0;
}
int main(void) {
  HANDLE h[8];
  for (unsigned i = 0; i < 8; ++i) {
    lanes[i].index = i;
    h[i] = CreateThread(0, 0, encode, &lanes[i], 0, 0);
  }
  WaitForMultipleObjects(8, h, 1, 0xffffffffu);
  return 0;
}
