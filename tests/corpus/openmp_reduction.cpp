// expect: silent flags: -fopenmp
int main() {
  long a = 0;
  long b = 0;
#pragma omp parallel for reduction(+ : a, b)
  for (int i = 0; i < 100000; ++i) {
    if (i % 2) a++;
    else b++;
  }
  return static_cast<int>(a + b);
}
