// expect: warning of large-variant
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
typedef struct { uint16_t op; uint16_t len; } hdr_t;
typedef struct { hdr_t h; uint32_t id; } ping_t;
typedef struct { hdr_t h; uint32_t id; uint32_t code; } reply_t;
typedef struct { hdr_t h; uint8_t blob[1024]; } blob_t;  // before
typedef struct { hdr_t h; uint8_t *blob; } blob_t;  // after
typedef union { hdr_t h; ping_t ping; reply_t reply; blob_t blob; } packet_t;
typedef struct { packet_t *items; size_t n, cap; } packets_t;
static packet_t *grow(packets_t *p) {
  if (p->n == p->cap) { p->cap = p->cap ? p->cap * 2 : 64; p->items = realloc(p->items, p->cap * sizeof *p->items); }
  return &p->items[p->n++];
}
void ping(packets_t *p, uint32_t id) { packet_t *k = grow(p); k->ping.h.op = 1; k->ping.id = id; }
void reply(packets_t *p, uint32_t id) { packet_t *k = grow(p); k->reply.h.op = 2; k->reply.id = id; k->reply.code = 0; }
void blob(packets_t *p, const uint8_t *b) { packet_t *k = grow(p); k->blob.h.op = 3; memcpy(k->blob.blob, b, 1024); }  // before
void blob(packets_t *p, const uint8_t *b) { packet_t *k = grow(p); k->blob.h.op = 3; k->blob.blob = (uint8_t *)b; }  // after
