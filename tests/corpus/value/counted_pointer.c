/* expect: warning of padding */
#include <stddef.h>
struct order {
  char live;
  double price;
  char hidden;
};
struct order none;
struct book {
  struct order *orders; /* flip */
  size_t nr_orders;
} book;
