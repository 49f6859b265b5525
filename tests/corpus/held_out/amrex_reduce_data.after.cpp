// Project: AMReX, #4618 (ReduceOps::eval with OpenMP).
// Mend: each thread reduces into a copy on its stack and stores that once.
// flags: -fopenmp
#include <algorithm>
#include <cstddef>
#include <vector>

extern "C" int omp_get_thread_num();
extern "C" int omp_get_max_threads();

struct Tuple {
  double sum = 0;
  double largest = 0;
};

class ReduceData {
 public:
  ReduceData() : tuples_(static_cast<std::size_t>(omp_get_max_threads())) {}
  Tuple& reference(int thread) { return tuples_[static_cast<std::size_t>(thread)]; }
  Tuple value() const {
    Tuple all;
    for (const Tuple& one : tuples_) {
      all.sum += one.sum;
      all.largest = std::max(all.largest, one.largest);
    }
    return all;
  }

 private:
  std::vector<Tuple> tuples_;
};

void eval(const std::vector<double>& values, ReduceData& data) {
#pragma omp parallel
  {
    Tuple mine;
#pragma omp for
    for (int i = 0; i < static_cast<int>(values.size()); ++i) {
      mine.sum += values[static_cast<std::size_t>(i)];
      mine.largest = std::max(mine.largest, values[static_cast<std::size_t>(i)]);
    }
    data.reference(omp_get_thread_num()) = mine;
  }
}

int main() {
  const std::vector<double> values(1 << 20, 1.0);
  ReduceData data;
  eval(values, data);
  return data.value().sum > 0 ? 0 : 1;
}
