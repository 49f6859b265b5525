/* expect: warning of large-variant */
#include <stdlib.h>
#include <string.h>
enum json_type { J_NULL, J_NUMBER, J_BOOL, J_SMALL };
struct json {
  enum json_type type;
  union {
    double number;
    int boolean;
    char small[240];  // before
    char *small;  // after
  } as;
};
struct json_array { struct json *items; size_t n; };
void append_number(struct json_array *a, double d) {
  a->items = realloc(a->items, (a->n + 1) * sizeof *a->items);
  a->items[a->n].type = J_NUMBER;
  a->items[a->n++].as.number = d;
}
void append_bool(struct json_array *a, int b) {
  a->items = realloc(a->items, (a->n + 1) * sizeof *a->items);
  a->items[a->n].type = J_BOOL;
  a->items[a->n++].as.boolean = b;
}
