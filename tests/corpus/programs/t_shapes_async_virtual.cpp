// expect: warning of false-sharing flags: -pthread
#include <future>
#include <memory>
#include <vector>
struct Usage {
  long cpu = 0;
  alignas(64)  // after
  long disk = 0;
};
class Probe {
 public:
  explicit Probe(Usage& u) : usage_(u) {}
  virtual ~Probe() = default;
  virtual void sample() = 0;

 protected:
  Usage& usage_;
};
class CpuProbe : public Probe {
 public:
  using Probe::Probe;
  void sample() override { for (int i = 0; i < 2000000; ++i) usage_.cpu += i; }
};
class DiskProbe : public Probe {
 public:
  using Probe::Probe;
  void sample() override { for (int i = 0; i < 2000000; ++i) usage_.disk += i; }
};
int main() {
  Usage usage;
  std::vector<std::unique_ptr<Probe>> probes;
  probes.emplace_back(std::make_unique<CpuProbe>(usage));
  probes.emplace_back(std::make_unique<DiskProbe>(usage));
  std::vector<std::future<void>> running;
  for (const auto& p : probes) running.push_back(std::async(std::launch::async, [&p] { p->sample(); }));
  for (auto& r : running) r.get();
}
