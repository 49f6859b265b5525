// expect: warning of false-sharing flags: -pthread
#include <barrier>
#include <thread>
#include <vector>
struct Sim {
  explicit Sim(int n) : energy(n), sync(n) {}
  std::vector<double> energy;  // before
  struct alignas(64) Slot { double v = 0; operator double&() { return v; } double& operator+=(double x) { return v += x; } };  // after
  std::vector<Slot> energy;  // after
  std::barrier<> sync;
  void step(int me) {
    for (int round = 0; round < 1000; ++round) {
      for (int i = 0; i < 10000; ++i) energy[me] += i * 0.001;
      sync.arrive_and_wait();
    }
  }
};
int main() {
  Sim sim(4);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(&Sim::step, &sim, i);
}
