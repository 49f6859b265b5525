// expect: warning of false-sharing flags: -fopenmp
int omp_get_thread_num(void);
double dot(const double *a, const double *b, int n) {
  double partial[32] = {0};  // before
  double partial[32][8] = {{0}};  // after
  double sum = 0;
#pragma omp parallel num_threads(32)
  {
    const int me = omp_get_thread_num();
#pragma omp for
    for (int i = 0; i < n; i++) partial[me] += a[i] * b[i];  // before
    for (int i = 0; i < n; i++) partial[me][0] += a[i] * b[i];  // after
  }
  for (int i = 0; i < 32; i++) sum += partial[i];  // before
  for (int i = 0; i < 32; i++) sum += partial[i][0];  // after
  return sum;
}
