// A particle system that several threads step.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

namespace sim {

struct Vec3 {  // snug: froze: the renderer reads these bytes
  float x = 0, y = 0, z = 0;
};

struct Particle {
  std::uint8_t kind = 0;
  Vec3 position;
  Vec3 velocity;
  bool awake = false;
  double mass = 1;
  std::uint16_t group = 0;
};

/// The part of the world that one thread steps; each begins on a cache line of its own.
struct alignas(64) Cell {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  double bounds[4] = {};
  std::mutex lock;
};

class World {
 public:
  explicit World(std::size_t cells) : cells_(cells) {}
  void step(double seconds);
  std::size_t awake() const;

 private:
  std::vector<Particle> particles_;
  std::vector<Cell> cells_;
};

}  // namespace sim
