// expect: warning of line-straddle
#include <stdint.h>
struct cursor { uint64_t pos, end; uint32_t gen, flags; };
struct port { char name[48]; struct cursor cur; uint64_t pad; } __attribute__((aligned(64)));  // before
struct port { struct cursor cur; char name[48]; uint64_t pad; } __attribute__((aligned(64)));  // after
static struct port ports[128];
uint64_t advance(unsigned p, uint64_t n) { struct cursor *c = &ports[p].cur; c->pos += n; if (c->pos > c->end) { c->pos = 0; c->gen++; } return c->pos; }
