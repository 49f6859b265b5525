#include "analysis/reorder/pointed_types.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("The name behind a pointer is told from the type as it is written") {
  CHECK(pointee_name("Node *") == "Node");
  CHECK(pointee_name("const app::Node<int> *") == "Node");
  CHECK(pointee_name("struct node *[2]") == "node");
  CHECK(pointee_name("std::atomic<Node *>") == "Node");
  CHECK(pointee_name("volatile Node *const") == "Node");
  CHECK(pointee_name("Node *__restrict") == "Node");
  CHECK(pointee_name("Node").empty());
  CHECK(pointee_name("Node **").empty());
  CHECK(pointee_name("void (*)(Node *)").empty());
  CHECK(pointee_name("").empty());
}

TEST_CASE("Counts are integers with the name of a count") {
  const auto slot = [](std::string name, std::string type) {
    Slot made;
    made.name = std::move(name);
    made.type = std::move(type);
    return made;
  };
  CHECK(is_count(slot("size_", "std::size_t")));
  CHECK(is_count(slot("nr_items", "unsigned int")));
  CHECK(is_count(slot("n", "int")));
  CHECK(is_count(slot("maxLength", "uint32_t")));
  CHECK_FALSE(is_count(slot("size", "double")));
  CHECK_FALSE(is_count(slot("id", "int")));
  CHECK_FALSE(is_count(slot("counts", "int *")));
}
