/* expect: warning of padding */
struct list_head {
  struct list_head *next, *prev;
};
struct task {
  char state;
  struct list_head link; /* flip */
  double cost;
  char pinned;
};
struct task idle;
