// expect: note of hot-cold
#include <stdint.h>
#include <stdlib.h>
struct table {
  uint32_t mask; char name[64]; uint32_t *keys; int socket; char path[64]; uint32_t *values; uint64_t created; char file[64]; uint32_t seed;  // before
  uint32_t mask, seed; uint32_t *keys; uint32_t *values; int socket; char name[64]; char path[64]; uint64_t created; char file[64];  // after
};
static uint32_t find(const struct table *t, uint32_t k) {
  uint32_t h = (k * 2654435761u ^ t->seed) & t->mask;
  return t->keys[h] == k ? t->values[h] : 0;
}
void burst(const struct table *t, const uint32_t *in, uint32_t *out, int n) { for (int i = 0; i < n; ++i) out[i] = find(t, in[i]); }
