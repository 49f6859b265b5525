// expect: warning flags: -fopenmp
extern "C" int omp_get_thread_num(void);
int main() {
  long sums[16] = {};
#pragma omp parallel  // flip
  {
    for (int i = 0; i < 100000; ++i) sums[omp_get_thread_num()] += i;
  }
}
