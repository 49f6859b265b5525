// expect: warning of padding
#include <stdlib.h>
#include <stddef.h>
struct pool { char *base; size_t used, cap; };
static void *pool_alloc(struct pool *p, size_t n) { void *r = p->base + p->used; p->used += (n + 15) & ~(size_t)15; return r; }
struct ast { char op; struct ast *l; char type; struct ast *r; short line; };  // before
struct ast { struct ast *l, *r; short line; char op, type; };  // after
struct ast *mk(struct pool *p, char op, struct ast *l, struct ast *r) { struct ast *a = pool_alloc(p, sizeof *a); a->op = op; a->l = l; a->r = r; return a; }
static struct ast *expr(struct pool *p, int d) { return d ? mk(p, '+', expr(p, d - 1), expr(p, d - 1)) : mk(p, 'n', 0, 0); }
int main(void) { struct pool p = {malloc(1 << 20), 0, 1 << 20}; return expr(&p, 8)->op; }
