// expect: warning flags: -fopenmp
extern "C" int omp_get_thread_num();
int main() {
  double sum[64] = {};
  const int n = 1 << 24;
#pragma omp parallel
  {
    const int me = /*after: 8 **/ omp_get_thread_num();
#pragma omp for
    for (int i = 0; i < n; ++i) sum[me] += i * 0.5;
  }
  return sum[0] > 1;
}
