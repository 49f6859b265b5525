// Both units are compiled with the same macros.
#define WITH_STATISTICS
#include "connection.hpp"

void open(Connection& connection) {
  connection.state = 1;
  close(connection);
}
