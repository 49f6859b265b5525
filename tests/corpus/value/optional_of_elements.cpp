// expect: warning of large-variant
#include <optional>
#include <vector>
struct Picture { char bytes[256]; };
struct Message {
  int id;
  std::optional<Picture> picture;
};
Message last;
std::vector<Message> messages;  // flip
