// expect: warning of padding
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
struct entry {
  unsigned char flags;  // before
  struct entry *next;
  unsigned hash;  // before
  char *key;
  unsigned short refs;  // before
  void *value;
  unsigned hash;  // after
  unsigned short refs;  // after
  unsigned char flags;  // after
};
static struct entry *buckets[1024];
void put(const char *key, void *value, unsigned hash) {
  struct entry *e = calloc(1, sizeof *e);
  e->key = strdup(key);
  e->value = value;
  e->hash = hash;
  e->next = buckets[hash % 1024];
  buckets[hash % 1024] = e;
}
