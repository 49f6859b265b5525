// expect: warning of soa-candidate
#include <stddef.h>
struct voxel { float density; float temperature; unsigned short material; unsigned short light; int owner; double heat[2]; };
static struct voxel grid[64 * 64 * 64];  // before
static float density[64 * 64 * 64];  // after
float mass(void) {
  float sum = 0;
  for (int z = 0; z < 64; z++)
    for (int i = 0; i < 64 * 64; i++)
      sum += grid[z * 64 * 64 + i].density;  // before
      sum += density[z * 64 * 64 + i];  // after
  return sum;
}
