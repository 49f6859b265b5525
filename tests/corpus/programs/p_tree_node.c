/* expect: warning of padding */
#include <stdlib.h>
struct rbnode {
  unsigned char red;  // before
  struct rbnode *left, *right;
  unsigned char dead;  // before
  long key;
  unsigned char red, dead;  // after
};
struct rbnode *insert(struct rbnode *root, long key) {
  if (!root) {
    struct rbnode *n = calloc(1, sizeof(struct rbnode));
    n->key = key;
    n->red = 1;
    return n;
  }
  if (key < root->key) root->left = insert(root->left, key);
  else root->right = insert(root->right, key);
  return root;
}
