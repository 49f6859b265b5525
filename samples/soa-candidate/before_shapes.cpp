// What is reported and what is not: loops of all sorts over records in a row.
#include <algorithm>
#include <array>
#include <cstddef>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <vector>

// Indices, a pointer and a length.
struct Body {  // expect: soa-candidate "use 8 of the 48 bytes that they load per element: 'mass'"
  double mass, x, y, z, charge;
  long id;
};
double total_mass(const Body* bodies, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += bodies[i].mass;
  return sum;
}

// The fields are touched by functions that the loop calls; the caller runs it in a loop.
struct Vec {
  float x, y, z;
};
class Node {  // expect: soa-candidate "use 4 of the 44 bytes"
 public:
  float height() const { return place.z; }
  void lift(float by) { place.z += by; }
  Vec place;
  float weights[8];
};
void lift_all(std::vector<Node>& nodes) {
  for (Node& node : nodes) {
    if (node.height() < 1) node.lift(0.5f);
  }
}
void simulate(std::vector<Node>& nodes) {
  for (int step = 0; step < 1000; ++step) lift_all(nodes);
}
// A class with private parts is no aggregate: a note.
class Sample {  // expect: soa-candidate "use 8 of the 48 bytes"
 public:
  explicit Sample(double value) : value_(value) {}
  double value() const { return value_; }
  double error() const { return error_ + spread_ + low_ + high_ + mean_; }

 private:
  double value_, error_ = 0, spread_ = 0, low_ = 0, high_ = 0, mean_ = 0;
};
double sum(std::span<const Sample> samples) {
  double result = 0;
  for (const Sample& sample : samples) result += sample.value();
  return result;
}

// An algorithm of the standard library.
struct Entry {  // expect: soa-candidate "use 4 of the 40 bytes that they load per element: 'rank'"
  std::string name;
  int rank;
};
bool any_first(const std::vector<Entry>& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const Entry& entry) { return entry.rank == 1; });
}

// All fields are used.
struct Point {
  double x, y, z;
};
double length(const std::vector<Point>& points) {
  double sum = 0;
  for (const Point& p : points) sum += p.x * p.x + p.y * p.y + p.z * p.z;
  return sum;
}

// One loop uses little, another one all.
struct Row {
  double a, b, c, d;
};
double both(const std::vector<Row>& rows) {
  double sum = 0;
  for (const Row& row : rows) sum += row.a;
  for (const Row& row : rows) sum += row.a * row.b + row.c * row.d;
  return sum;
}

// Elements go whole to code that is not read.
struct Message {
  long id, time, from, to;
};
void send(const Message& message);
void flush(const std::vector<Message>& messages) {
  for (const Message& message : messages) {
    if (message.id > 0) send(message);
  }
}

// Small elements: two fields of eight bytes.
struct Pair {
  long key, value;
};
long keys(const std::vector<Pair>& pairs) {
  long sum = 0;
  for (const Pair& pair : pairs) sum += pair.key;
  return sum;
}

// A handful of elements.
struct Corner {
  double x, y, z, weight;
};
double width(const std::array<Corner, 4>& corners) {
  double sum = 0;
  for (const Corner& corner : corners) sum += corner.x;
  return sum;
}

// Nodes of a list: there is no row to take apart.
struct Task {
  long id, time, owner, state;
};
long tasks(const std::list<Task>& list) {
  long sum = 0;
  for (const Task& task : list) sum += task.id;
  return sum;
}

// Pointers to records: the records lie anywhere.
struct Shape {
  long id, kind, color, layer;
};
long shapes(const std::vector<std::unique_ptr<Shape>>& all) {
  long sum = 0;
  for (const auto& shape : all) sum += shape->id;
  return sum;
}

// Whole elements are copied.
struct Record {
  long id, a, b, c;
};
void copy(const std::vector<Record>& from, std::vector<Record>& to) {
  for (const Record& record : from) to.push_back(record);
}

// Met in any order: one line each as it is.
struct Cell {
  long left, right, top, bottom;
};
long hop(const std::vector<Cell>& cells, const std::vector<int>& order) {
  long sum = 0;
  for (const int i : order) sum += cells[static_cast<std::size_t>(i)].left;
  return sum;
}
