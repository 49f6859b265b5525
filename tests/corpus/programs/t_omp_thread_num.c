/* expect: warning of false-sharing flags: -fopenmp */
#include <stdlib.h>
int omp_get_thread_num(void);
int omp_get_max_threads(void);
struct tally { long even, odd; };  // before
struct tally { long even, odd; char pad[112]; };  // after
long count(const int *v, long n) {
  struct tally *t = calloc((size_t)omp_get_max_threads(), sizeof *t);
#pragma omp parallel
  {
    struct tally *mine = &t[omp_get_thread_num()];
#pragma omp for
    for (long i = 0; i < n; i++) {
      if (v[i] & 1) mine->odd++; else mine->even++;
    }
  }
  long sum = 0;
  for (int i = 0; i < omp_get_max_threads(); i++) sum += t[i].odd;
  free(t);
  return sum;
}
