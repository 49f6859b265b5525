// expect: silent
#include <map>
#include <memory>
#include <mutex>
#include <thread>
struct Session { long in = 0; long out = 0; };
std::mutex mutex;
std::map<int, std::unique_ptr<Session>> sessions;
Session* find(int id) {
  std::lock_guard<std::mutex> guard(mutex);
  auto found = sessions.find(id);
  return found == sessions.end() ? nullptr : found->second.get();
}
int main() {
  for (int i = 0; i < 4; ++i) sessions[i] = std::make_unique<Session>();
  std::thread a([] { Session* own = find(1); for (int i = 0; i < 100000; ++i) own->in++; });
  std::thread b([] { Session* own = find(2); for (int i = 0; i < 100000; ++i) own->out++; });
  a.join();
  b.join();
}
