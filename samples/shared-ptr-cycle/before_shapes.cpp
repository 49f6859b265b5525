// Records that own each other, and records that only look like it.
#include <map>
#include <memory>
#include <string>
#include <vector>

// Next and prev.
struct Link {
  int value = 0;
  std::shared_ptr<Link> next;
  std::shared_ptr<Link> prev;  // expect: shared-ptr-cycle "make 'prev' weak"
};
void append(const std::shared_ptr<Link>& tail, const std::shared_ptr<Link>& link) {
  tail->next = link;
  link->prev = tail;
}

// A and B, of which one says that it leads back.
struct Session;
struct Server {
  std::map<int, std::shared_ptr<Session>> sessions;
};
struct Session {
  std::shared_ptr<Server> owner;  // expect: shared-ptr-cycle "Server::sessions -> Session::owner -> Server"
};

// A and B, closed by the code.
struct Socket;
struct Handler {
  std::shared_ptr<Socket> socket;  // expect: shared-ptr-cycle "cycle"
};
struct Socket {
  std::shared_ptr<Handler> handler;
};
void attach(const std::shared_ptr<Socket>& socket, const std::shared_ptr<Handler>& handler) {
  socket->handler = handler;
  handler->socket = socket;
}

// An owner of this, stored in what this owns.
struct Room;
struct House : std::enable_shared_from_this<House> {
  std::vector<std::shared_ptr<Room>> rooms;
  void add(const std::shared_ptr<Room>& room);
};
struct Room {
  std::shared_ptr<House> house;  // expect: shared-ptr-cycle "make 'house' weak"
};
void House::add(const std::shared_ptr<Room>& room) {
  room->house = shared_from_this();
  rooms.push_back(room);
}

// A list.
struct Item {
  std::shared_ptr<Item> next;
};
// A tree.
struct Branch {
  std::vector<std::shared_ptr<Branch>> branches;
};
// A binary tree.
struct Leaf {
  std::shared_ptr<Leaf> left, right;
};
// Broken by a weak pointer.
struct Child;
struct Mother {
  std::vector<std::shared_ptr<Child>> children;
};
struct Child {
  std::weak_ptr<Mother> parent;
};
// A pointer that owns nothing.
struct Page;
struct Book {
  std::vector<std::shared_ptr<Page>> pages;
};
struct Page {
  Book* owner = nullptr;
};
// A tree whose nodes hold their children by value in another record.
struct Value;
struct Object {
  std::map<std::string, Value> members;
};
struct Value {
  std::shared_ptr<Object> object;
};
// Unique owners all the way: the compiler would have to make one of the other first.
struct Outer;
struct Inner {
  std::unique_ptr<Outer> up;
};
struct Outer {
  std::unique_ptr<Inner> down;
};

Link link_;
Session session_;
Socket socket_;
House house_;
Item item_;
Branch branch_;
Leaf leaf_;
Mother mother_;
Child child_;
Book book_;
Page page_;
Value value_;
Outer outer_;
