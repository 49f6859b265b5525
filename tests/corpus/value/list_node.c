/* expect: warning of padding */
struct node {
  char used;
  struct node *next; /* flip */
  double value;
  char old;
};
struct node first;
