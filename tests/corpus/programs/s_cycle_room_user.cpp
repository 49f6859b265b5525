// expect: warning of shared-ptr-cycle
#include <memory>
#include <set>
#include <string>
class Room;
class User {
 public:
  void join(std::shared_ptr<Room> room) { room_ = room; }

 private:
  std::string nick_;
  std::shared_ptr<Room> room_;  // before
  std::weak_ptr<Room> room_;  // after
};
class Room {
 public:
  void enter(std::shared_ptr<User> user) { users_.insert(user); }

 private:
  std::set<std::shared_ptr<User>> users_;
};
void meet() {
  auto room = std::make_shared<Room>();
  auto user = std::make_shared<User>();
  user->join(room);
  room->enter(user);
}
