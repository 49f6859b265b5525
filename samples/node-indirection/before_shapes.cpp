// Containers of pointers to records: of owning ones in nodes, and of others.
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct Job {
  int priority = 0;
  std::string name;
};
struct Shape {
  virtual ~Shape() = default;
  virtual double area() const = 0;
};
struct Unknown;

class Queue {
  std::forward_list<std::unique_ptr<Job>> waiting_;        // expect: node-indirection "a node of 16 bytes"
  std::list<std::shared_ptr<Job>> running_;                // expect: node-indirection "a node of 32 bytes"
  std::map<std::string, std::unique_ptr<Job>> by_name_;    // expect: node-indirection "40 bytes for the record"
  std::unordered_map<int, std::unique_ptr<Job>> by_id_;    // expect: node-indirection "'by_id_'"

  // One block for all pointers.
  std::vector<std::unique_ptr<Job>> ordered_;
  // The records themselves.
  std::list<Job> plain_;
  // Views that own nothing.
  std::list<Job*> selected_;
  std::list<std::weak_ptr<Job>> watched_;
  // The pointer chooses the type.
  std::map<std::string, std::unique_ptr<Shape>> shapes_;
  // Others need the record outside of the map.
  std::map<std::string, std::shared_ptr<Job>> shared_;
  // Not complete here.
  std::map<std::string, std::shared_ptr<Unknown>> unknown_;
  // No record.
  std::list<std::unique_ptr<int>> numbers_;
};
Queue* queue = nullptr;
