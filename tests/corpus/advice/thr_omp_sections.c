// expect: warning of false-sharing flags: -fopenmp
struct acc { double even, odd; };  // before
struct acc { double even; char gap[64]; double odd; };  // after
static struct acc acc;
double go(const double *x, int n) {
#pragma omp parallel sections
  {
#pragma omp section
    for (int i = 0; i < n; i += 2) acc.even += x[i];
#pragma omp section
    for (int i = 1; i < n; i += 2) acc.odd += x[i];
  }
  return acc.even + acc.odd;
}
