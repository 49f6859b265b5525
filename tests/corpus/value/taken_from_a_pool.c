/* expect: warning of padding */
#include <stddef.h>
struct pool;
void *pool_alloc(struct pool *pool);
struct order {
  char live;
  double price;
  char hidden;
};
struct order none;
struct order *make(struct pool *pool) {
  struct order *made = NULL;
  made = pool_alloc(pool); /* flip */
  return made;
}
