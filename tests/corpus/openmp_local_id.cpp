// expect: warning flags: -fopenmp
extern "C" int omp_get_thread_num(void);
static double partial[32];
void work(int n) {
#pragma omp parallel
  {
    const int id = omp_get_thread_num();
#pragma omp for
    for (int i = 0; i < n; ++i) partial[id] += i;
  }
}
int main() { work(100000); }
