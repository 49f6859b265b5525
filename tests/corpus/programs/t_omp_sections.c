// expect: warning of false-sharing flags: -fopenmp
#include <stdio.h>
struct totals {
  long evens;
  char apart[64];  // after
  long odds;
};
static struct totals t;
int main(void) {
#pragma omp parallel sections
  {
#pragma omp section
    for (int i = 0; i < 10000000; i += 2) t.evens += i ^ 3;
#pragma omp section
    for (int i = 1; i < 10000000; i += 2) t.odds += i ^ 5;
  }
  printf("%ld %ld\n", t.evens, t.odds);
  return 0;
}
