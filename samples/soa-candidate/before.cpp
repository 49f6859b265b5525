// Every step touches 8 of the 56 bytes of each particle; the other 48 are loaded with them.
#include <cstdio>
#include <vector>

struct Particle {  // expect: soa-candidate "use 8 of the 56 bytes that they load per element"
  float x, speed;
  double mass, charge, spin, age;
  long id, group;
};

int main() {
  std::vector<Particle> particles;
  for (int i = 0; i < 10000; ++i) {
    particles.push_back({float(i), 0.5f, 1, 0, 0, 0, i, i % 10});
  }
  for (int step = 0; step < 100; ++step) {
    for (Particle& p : particles) p.x += p.speed;
  }
  double sum = 0;
  for (const Particle& p : particles) sum += p.x;
  std::printf("%.0f\n", sum);
}
