#include "names.hpp"

bool known(const Name& name) {
  return name.known && name.length != 0;
}
