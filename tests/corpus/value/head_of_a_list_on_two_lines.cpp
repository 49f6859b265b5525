// expect: warning of line-straddle
struct list_head {
  list_head *next, *prev;
};
struct alignas(64) Queue {
  char name[56];
  list_head head;
  long size;
};
Queue queues[10];
