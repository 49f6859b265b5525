// expect: nothing of large-variant
#include <optional>
#include <vector>
struct Message {
  int id;
  std::optional<double> weight;
};
std::vector<Message> messages;
