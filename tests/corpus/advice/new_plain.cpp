// expect: warning of shared-ptr-new
#include <memory>
#include <string>
struct Document { std::string title; int pages = 0; explicit Document(std::string t) : title(std::move(t)) {} };
std::shared_ptr<Document> open(const std::string& name) {
  return std::shared_ptr<Document>(new Document(name));  // before
  return std::make_shared<Document>(name);  // after
}
