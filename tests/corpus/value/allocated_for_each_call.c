/* expect: warning of padding */
#include <stdlib.h>
struct order {
  char live;
  double price;
  char hidden;
};
struct order none;
struct order *make(void) { return malloc(sizeof(struct order)); } /* flip */
