// Objects that are copied out of owners: of dying ones, and of others.
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Table {
  std::vector<std::string> rows;
  int columns = 0;
};
struct Number {
  long a = 0, b = 0, c = 0;
};

// The only owner, made here.
Table build(int columns) {
  auto table = std::make_shared<Table>();
  table->columns = columns;
  table->rows.resize(100);
  return *table;  // expect: last-owner-copy "its only owner"
}
Table build_new() {
  std::shared_ptr<Table> table = std::make_shared<Table>();
  table->rows.emplace_back("first");
  Table result = *table;  // expect: last-owner-copy "'*table' copies a 'Table' of 32 bytes"
  return result;
}
// Callers give their owner away.
Table finished(std::shared_ptr<Table> table) {
  table->rows.emplace_back("end");
  return *table;  // expect: last-owner-copy "an owner that ends here"
}
// Whose result this is, is not known.
std::shared_ptr<Table> load(const std::string& name);
Table loaded(const std::string& name) {
  auto table = load(name);
  return *table;  // expect: last-owner-copy "an owner that ends here"
}

// Used afterwards.
std::size_t twice() {
  auto table = std::make_shared<Table>();
  Table copy = *table;
  table->rows.clear();
  return copy.rows.size() + table->rows.size();
}
// Stored before.
struct Store {
  std::vector<std::shared_ptr<Table>> all;
  Table remember() {
    auto table = std::make_shared<Table>();
    all.push_back(table);
    return *table;
  }
};
// Through a reference: the owner is the caller's.
Table copy_of(const std::shared_ptr<Table>& table) {
  return *table;
}
// Of const: nothing can be moved out of it.
Table frozen() {
  std::shared_ptr<const Table> table = std::make_shared<const Table>();
  return *table;
}
// A copy that costs no more than a move.
Number number() {
  auto made = std::make_shared<Number>();
  made->a = 1;
  return *made;
}
// A copy of another owner is never the last one.
Table from(const std::vector<std::shared_ptr<Table>>& tables) {
  auto first = tables.front();
  first->columns = 1;
  return *first;
}
// Every turn of the loop needs it.
std::size_t in_loop() {
  auto table = std::make_shared<Table>();
  std::size_t sum = 0;
  for (int i = 0; i < 3; ++i) {
    Table copy = *table;
    sum += copy.rows.size();
  }
  return sum;
}

std::size_t use() {
  return finished(std::make_shared<Table>()).rows.size() + build(1).rows.size();
}
