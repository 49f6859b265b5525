// expect: warning of shared-ptr-by-value
#include <memory>
#include <vector>
struct Mesh { std::vector<float> points; float scale = 1; };
static float extent(std::shared_ptr<Mesh> mesh) {  // before
static float extent(const std::shared_ptr<Mesh>& mesh) {  // after
  float most = 0;
  for (float p : mesh->points) most = p * mesh->scale > most ? p * mesh->scale : most;
  return most;
}
float largest(const std::vector<std::shared_ptr<Mesh>>& all) {
  float most = 0;
  for (const auto& m : all) {
    float e = extent(m);
    if (e > most) most = e;
  }
  return most;
}
