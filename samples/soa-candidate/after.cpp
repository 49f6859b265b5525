// Each field has a column of its own: a step loads the two columns that it uses.
#include <cstddef>
#include <cstdio>

#include <snug/soa_vector.hpp>

struct Particle {
  float x, speed;
  double mass, charge, spin, age;
  long id, group;
};

int main() {
  snug::soa_vector<Particle> particles;
  for (int i = 0; i < 10000; ++i) {
    particles.push_back({float(i), 0.5f, 1, 0, 0, 0, i, i % 10});
  }
  for (int step = 0; step < 100; ++step) {
    auto x = particles.col<&Particle::x>();
    auto speed = particles.col<&Particle::speed>();
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += speed[i];
  }
  double sum = 0;
  for (float x : particles.col<&Particle::x>()) sum += x;
  std::printf("%.0f\n", sum);
}
