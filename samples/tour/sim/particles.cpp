#include "sim/particles.hpp"

namespace sim {

void World::step(double seconds) {
  const auto delta = static_cast<float>(seconds);
  for (Cell& cell : cells_) {
    const std::lock_guard<std::mutex> hold(cell.lock);
    for (std::uint64_t i = cell.first; i < cell.last; ++i) {
      Particle& particle = particles_[i];
      particle.position.x += particle.velocity.x * delta;
      particle.position.y += particle.velocity.y * delta;
      particle.position.z += particle.velocity.z * delta;
    }
  }
}

std::size_t World::awake() const {
  std::size_t count = 0;
  for (const Particle& particle : particles_) {
    count += particle.awake ? 1 : 0;
  }
  return count;
}

}  // namespace sim
