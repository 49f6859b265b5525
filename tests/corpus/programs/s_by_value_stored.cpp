// expect: nothing of shared-ptr-by-value
#include <map>
#include <memory>
#include <string>
struct Texture { int w, h; };
class Cache {
 public:
  void put(std::string name, std::shared_ptr<Texture> texture) { all_.insert_or_assign(std::move(name), std::move(texture)); }
  explicit Cache(std::shared_ptr<Texture> fallback) : fallback_(std::move(fallback)) {}

 private:
  std::shared_ptr<Texture> fallback_;
  std::map<std::string, std::shared_ptr<Texture>> all_;
};
void fill(Cache& c) { c.put("a", std::make_shared<Texture>()); }
