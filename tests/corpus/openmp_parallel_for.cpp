// expect: silent flags: -fopenmp
static double out[100000];
int main() {
#pragma omp parallel for
  for (int i = 0; i < 100000; ++i) out[i] = i * 2.0;
}
