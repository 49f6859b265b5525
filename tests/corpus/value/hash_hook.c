/* expect: warning of padding */
struct hlist_node {
  struct hlist_node *next, **pprev;
};
struct entry {
  char state;
  struct hlist_node link; /* flip */
  double cost;
  char pinned;
};
struct entry none;
