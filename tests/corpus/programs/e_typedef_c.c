/* expect: note of enum-size */
#include <stdlib.h>
typedef enum { TOK_IDENT, TOK_NUMBER, TOK_STRING, TOK_PUNCT, TOK_EOF } tok_kind;  // before
typedef unsigned char tok_kind; enum { TOK_IDENT, TOK_NUMBER, TOK_STRING, TOK_PUNCT, TOK_EOF };  // after
typedef enum { SRC_FILE, SRC_MACRO, SRC_ARG } tok_source;  // before
typedef unsigned char tok_source; enum { SRC_FILE, SRC_MACRO, SRC_ARG };  // after
struct token {
  const char *text;
  tok_kind kind;
  tok_source source;
  unsigned line;
};
struct lexer { struct token *tokens; size_t n, cap; };
void push(struct lexer *l, struct token t) {
  if (l->n == l->cap) l->tokens = realloc(l->tokens, (l->cap = l->cap * 2 + 16) * sizeof *l->tokens);
  l->tokens[l->n++] = t;
}
