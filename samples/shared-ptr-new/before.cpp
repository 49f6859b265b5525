// Two allocations for each message: one for it, one for its counts.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct Message {
  explicit Message(std::string t) : text(std::move(t)) {}
  std::string text;
};

int main() {
  std::vector<std::shared_ptr<Message>> inbox;
  for (int i = 0; i < 1000; ++i) {
    inbox.push_back(
        std::shared_ptr<Message>(  // expect: shared-ptr-new "32 bytes for the object"
            new Message("number " + std::to_string(i))));
  }
  std::size_t length = 0;
  for (const auto& message : inbox) length += message->text.size();
  std::printf("%zu\n", length);
}
