/* expect: note of padding */
#include <stdlib.h>
struct order {
  char live;
  double price;
  char hidden;
};
int main(void) {
  struct order *one = malloc(sizeof *one);
  return one == 0;
}
