#define WITH_STATISTICS
#include "connection.hpp"

void close(Connection& connection) {
  connection.state = 0;
  connection.bytes_sent = 0;
}
