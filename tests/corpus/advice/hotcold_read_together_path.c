// expect: note of hot-cold
#include <stdint.h>
#include <string.h>
struct route {
  uint32_t prefix; char descr[96]; uint8_t depth; char owner[80]; uint32_t nexthop; uint64_t created, changed; uint64_t hits;  // before
  uint32_t prefix, nexthop; uint8_t depth; uint64_t hits; char descr[96]; char owner[80]; uint64_t created, changed;  // after
};
static struct route routes[4096];
static unsigned nroutes;
static struct route *lookup(uint32_t ip) {
  for (unsigned i = 0; i < nroutes; ++i)
    if ((ip >> (32 - routes[i].depth)) == routes[i].prefix) { routes[i].hits++; return &routes[i]; }
  return 0;
}
uint32_t forward(uint32_t ip) { struct route *r = lookup(ip); return r ? r->nexthop : 0; }
