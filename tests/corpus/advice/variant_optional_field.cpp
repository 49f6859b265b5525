// expect: warning of large-variant
#include <optional>
#include <vector>
#include <memory>
#include <cstdint>
struct Override { double matrix[16]; float tint[4]; std::uint32_t mask; };
struct Sprite {
  float x, y;
  std::uint32_t texture;
  std::optional<Override> custom;  // before
  std::unique_ptr<Override> custom;  // after
};
class Scene {
  std::vector<Sprite> sprites_;
public:
  void add(float x, float y, std::uint32_t t) { Sprite s{}; s.x = x; s.y = y; s.texture = t; sprites_.push_back(std::move(s)); }
  void fill(int n) { for (int i = 0; i < n; ++i) add(1.f * i, 2.f, 7); }
  void special(std::size_t i) { sprites_[i].custom = Override{}; }  // before
  void special(std::size_t i) { sprites_[i].custom = std::make_unique<Override>(); }  // after
};
int main(int argc, char**) { Scene s; s.fill(argc * 100); s.special(0); }
