// expect: warning of soa-candidate
#include <vector>
struct Particle {
  float x, y, z;
  float vx, vy, vz;
  float mass, charge;
  unsigned color;
  float age;
  int flags[2];
};
struct System {
  std::vector<Particle> all;  // before
  std::vector<float> x, age;  // after
};
float center(const System& s) {
  float sum = 0;
  for (int step = 0; step < 100; ++step) {
    for (const Particle& p : s.all) sum += p.x * static_cast<float>(step);  // before
    for (float x : s.x) sum += x * static_cast<float>(step);  // after
  }
  return sum;
}
int young(const System& s, float limit) {
  int n = 0;
  for (std::size_t i = 0; i < s.all.size(); ++i) n += s.all[i].age < limit;  // before
  for (float age : s.age) n += age < limit;  // after
  return n;
}
