// expect: note of padding
int best(const int* p, int n) {
  struct Collector {
    bool found;
    double weight;
    bool done;
    double sum;
  } c{};
  for (int i = 0; i < n && !c.done; ++i) {
    c.sum += p[i];
    c.found = c.found || p[i] > 3;
    c.done = c.sum > 1000;
  }
  c.weight = c.sum / (n + 1);
  return c.found ? static_cast<int>(c.weight) : 0;
}
