// expect: warning of padding
#include <memory>
#include <vector>
struct Object { bool alive; double x; bool moved; double y; int layer; bool solid; virtual ~Object() = default; };  // before
struct Object { double x; double y; int layer; bool alive; bool moved; bool solid; virtual ~Object() = default; };  // after
struct Tree : Object { int rings; };
struct Rock : Object { int mass; };
static std::vector<std::unique_ptr<Object>> world;
int main(int argc, char**) { for (int i = 0; i < argc * 9; ++i) { world.push_back(std::make_unique<Tree>()); world.push_back(std::make_unique<Rock>()); } return world[0]->alive; }
