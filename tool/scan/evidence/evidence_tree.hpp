// The cursors of one body as a tree of numbers.
#pragma once

#include <clang-c/Index.h>

#include <cstdint>
#include <vector>

#include "scan/parse/clang.hpp"

namespace snug::evidence {

using NodeId = std::int32_t;
inline constexpr NodeId no_node = -1;

struct Node {
  CXCursor cursor;
  CXCursorKind kind;
  NodeId first = no_node;
  NodeId last = no_node;
  NodeId next = no_node;
  NodeId parent = no_node;
};

class Tree {
 public:
  void clear() { nodes_.clear(); }
  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  /// The node; of no node one with a null cursor.
  [[nodiscard]] const Node& operator[](NodeId id) const {
    return id == no_node ? nothing_ : nodes_[static_cast<std::size_t>(id)];
  }

  /// Appends a child behind those that the parent has.
  NodeId add(CXCursor cursor, NodeId parent) {
    const auto id = static_cast<NodeId>(nodes_.size());
    nodes_.push_back({cursor, clang_getCursorKind(cursor), no_node, no_node, no_node, parent});
    if (parent != no_node) {
      Node& above = nodes_[static_cast<std::size_t>(parent)];
      if (above.last == no_node) {
        above.first = id;
      } else {
        nodes_[static_cast<std::size_t>(above.last)].next = id;
      }
      above.last = id;
    }
    return id;
  }

  /// Appends a cursor and everything below it.
  NodeId add_all(CXCursor cursor, NodeId parent) {
    const NodeId id = add(cursor, parent);
    clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
      add_all(child, id);
      return CXChildVisit_Continue;
    });
    return id;
  }

  /// In source order; none of no node.
  [[nodiscard]] std::vector<NodeId> children(NodeId id) const {
    std::vector<NodeId> result;
    if (id == no_node) return result;
    for (NodeId at = (*this)[id].first; at != no_node; at = (*this)[at].next) result.push_back(at);
    return result;
  }

 private:
  std::vector<Node> nodes_;
  Node nothing_{clang_getNullCursor(), CXCursor_InvalidFile};
};

}  // namespace snug::evidence
