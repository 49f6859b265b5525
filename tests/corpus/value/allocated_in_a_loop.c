/* expect: warning of padding */
#include <stdlib.h>
struct order {
  char live;
  double price;
  char hidden;
};
struct order *all[4];
int main(void) {
  for (int i = 0; i < 4; ++i) /* flip */
    all[0] = malloc(sizeof(struct order));
  return 0;
}
