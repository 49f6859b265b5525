/* expect: silent of false-sharing flags: -fopenmp */
int omp_get_thread_num(void);
static double part[64];
double norm(const double *v, long n) {
#pragma omp parallel
  {
    double mine = 0;
#pragma omp for nowait
    for (long i = 0; i < n; i++) mine += v[i] * v[i];
    part[omp_get_thread_num()] = mine;
  }
  double sum = 0;
  for (int i = 0; i < 64; i++) sum += part[i];
  return sum;
}
