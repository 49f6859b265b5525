// expect: warning of false-sharing flags: -fopenmp
#include <stdlib.h>
int omp_get_thread_num(void);
struct node { struct node *left, *right; int key; };
static long visited[64];  // before
static struct { long n; char pad[56]; } visited[64] __attribute__((aligned(64)));  // after
static void walk(struct node *n) {
  if (!n) return;
  visited[omp_get_thread_num()]++;  // before
  visited[omp_get_thread_num()].n++;  // after
#pragma omp task
  walk(n->left);
#pragma omp task
  walk(n->right);
#pragma omp taskwait
}
void walk_all(struct node *root) {
#pragma omp parallel
#pragma omp single
  walk(root);
}
int main(void) { walk_all(NULL); return (int)(sizeof visited & 1); }
