// expect: warning of shared-ptr-by-value
#include <memory>
namespace s = std;
struct Mesh { int faces; };
static int faces(s::shared_ptr<const Mesh> m) { return m ? m->faces : 0; }  // before
static int faces(const s::shared_ptr<const Mesh>& m) { return m ? m->faces : 0; }  // after
int twice(const s::shared_ptr<const Mesh>& m) { return faces(m) + faces(m); }
