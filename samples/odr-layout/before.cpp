// This unit knows Connection without statistics, before_other.cpp knows it with them. Both link,
// and each writes `state` to bytes that are something else to the other.
#include "connection.hpp"

void open(Connection& connection) {
  connection.state = 1;
  close(connection);
}
