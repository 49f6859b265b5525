// expect: warning of false-sharing
// header: win_like.h
#include <win_like.h>
struct Link {
  volatile long packetsIn;
  char gap[60];  // after
  volatile long packetsOut;
};
static Link link_;
static unsigned __stdcall ReadLoop(void* arg) {
  Link* l = static_cast<Link*>(arg);
  for (;;) l->packetsIn++;
}
static unsigned __stdcall WriteLoop(void* arg) {
  Link* l = static_cast<Link*>(arg);
  for (;;) l->packetsOut++;
}
int main() {
  HANDLE h[2];
  h[0] = (HANDLE)_beginthreadex(nullptr, 0, ReadLoop, &link_, 0, nullptr);
  h[1] = (HANDLE)_beginthreadex(nullptr, 0, WriteLoop, &link_, 0, nullptr);
  WaitForMultipleObjects(2, h, 1, 0xffffffff);
}
