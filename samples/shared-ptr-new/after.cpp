// One allocation, with the counts before the message; the pointer is 8 bytes instead of 16.
#include <cstdio>
#include <string>
#include <vector>

#include <snug/rc.hpp>

struct Message {
  explicit Message(std::string t) : text(std::move(t)) {}
  std::string text;
};

int main() {
  std::vector<snug::rc<Message>> inbox;
  for (int i = 0; i < 1000; ++i) {
    inbox.push_back(snug::make_rc<Message>("number " + std::to_string(i)));
  }
  std::size_t length = 0;
  for (const auto& message : inbox) length += message->text.size();
  std::printf("%zu\n", length);
}
