/* expect: warning of padding */
struct order {
  char live;
  double price;
  char hidden;
};
struct order none;
struct order *buckets[256]; /* flip */
