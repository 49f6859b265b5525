// expect: nothing of line-straddle
struct Name {
  char text[16];
};
struct alignas(64) Queue {
  char name[56];
  Name other;
  long size;
};
Queue queues[10];
