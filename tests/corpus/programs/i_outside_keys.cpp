// expect: nothing of id-map
#include <string>
#include <unordered_map>
struct User { std::string name; };
class Users {
 public:
  void put(int uid, std::string name) { users_[uid].name = std::move(name); }
  const User* find(int uid) const { auto i = users_.find(uid); return i == users_.end() ? nullptr : &i->second; }

 private:
  std::unordered_map<int, User> users_;
};
void f(Users& u) { u.put(3, "a"); }
