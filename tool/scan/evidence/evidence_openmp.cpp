// Parts of a function that run beside the code around them: regions of OpenMP, children of fork().
//
// OpenMP. The front end does not show the bodies of its directives, so units that use it are
// parsed with the pragmas out of force, and the pragmas are read from the text.
//
// fork(): the branch that the child takes runs beside the parent, and what both have mapped as
// shared is the memory that they share. All else is a copy. The branch is read as a region of its
// own, as if a thread ran it; that its variables are copies is known from the kind of its start. A
// pointer that mmap() or shmat() gives stands for the mapping.
#include <algorithm>
#include <cctype>

#include "model/processes.hpp"
#include "scan/evidence/evidence_body.hpp"

namespace snug::evidence {

namespace {

struct Pragma {
  std::size_t begin = 0;  ///< Byte offset of the '#'.
  std::string text;       ///< Behind "omp", continuation lines joined.
};

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
}

/// The line that ends right before `end` (its newline excluded), continuation lines included.
std::string_view line_before(std::string_view text, std::size_t end, std::size_t& begin) {
  begin = end;
  while (begin > 0) {
    const std::size_t newline = text.rfind('\n', begin - 1);
    begin = newline == std::string_view::npos ? 0 : newline + 1;
    if (begin < 2 || text[begin - 2] != '\\') break;
    --begin;
  }
  return text.substr(begin, end - begin);
}

/// The directives right in front of an offset, the nearest first.
std::vector<Pragma> pragmas_before(std::string_view text, std::size_t offset) {
  std::vector<Pragma> found;
  const std::size_t line = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  if (line == std::string_view::npos || !is_blank(text.substr(line, offset - line))) {
    return found;
  }
  std::size_t end = line;
  for (int lines = 0; lines < 8; ++lines) {
    std::size_t begin = 0;
    const std::string_view one = line_before(text, end, begin);
    const std::size_t hash = one.find_first_not_of(" \t");
    if (hash == std::string_view::npos || one.substr(hash, 2) == "//") {
      if (begin == 0) break;
      end = begin - 1;
      continue;
    }
    if (one[hash] != '#') break;
    std::string plain;
    for (const char c : one.substr(hash + 1)) plain += c == '\\' || c == '\n' ? ' ' : c;
    const std::size_t word = plain.find_first_not_of(" \t");
    if (word == std::string::npos || plain.compare(word, 6, "pragma") != 0) break;
    const std::size_t omp = plain.find("omp", word + 6);
    if (omp == std::string::npos) break;
    found.push_back({begin + hash, plain.substr(omp + 3)});
    if (begin == 0) break;
    end = begin - 1;
  }
  return found;
}

/// The directive's words in front of its clauses: "parallel", "for" ...
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0 && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
    if (c == ')') --depth;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// The names in clauses that give each thread its own copy.
std::vector<std::string> private_names(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string_view clause :
       {"private", "firstprivate", "lastprivate", "reduction", "linear"}) {
    for (std::size_t at = 0; (at = text.find(clause, at)) != std::string::npos;) {
      const std::size_t open = text.find_first_not_of(" \t", at + clause.size());
      at += clause.size();
      if (open == std::string::npos || text[open] != '(') continue;
      const std::size_t close = text.find(')', open);
      std::string list = text.substr(open + 1, close - open - 1);
      if (const std::size_t colon = list.find(':'); colon != std::string::npos) {
        list = list.substr(colon + 1);
      }
      std::string name;
      for (const char c : list + ",") {
        if (c == ',') {
          if (!name.empty()) names.push_back(name);
          name.clear();
        } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
          name += c;
        }
      }
    }
  }
  return names;
}

constexpr std::int64_t map_types = 0x0f;  ///< Of the flags of mmap(): MAP_SHARED is 1, with
constexpr std::int64_t map_private = 2;   ///< validation 3, MAP_PRIVATE is 2.

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool Body::openmp_statement(NodeId node) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(tree_[node].cursor)), &file,
                        nullptr, nullptr, &offset);
  if (file == nullptr || handled_pragma_ == static_cast<int>(offset)) {
    return false;
  }
  const std::string_view text = context_.sources().text(file);
  const std::vector<Pragma> pragmas = pragmas_before(text, offset);
  if (pragmas.empty()) {
    return false;
  }
  std::vector<std::string> words;
  std::string all;
  for (auto pragma = pragmas.rbegin(); pragma != pragmas.rend(); ++pragma) {
    all += pragma->text + " ";
    for (std::string& word : words_of(pragma->text)) words.push_back(std::move(word));
  }
  handled_pragma_ = static_cast<int>(offset);
  const bool parallel = has(words, "parallel") || has(words, "teams");
  const bool task = has(words, "task") || has(words, "taskloop") || has(words, "section");
  const bool shared_loop =
      has(words, "for") || has(words, "distribute") || has(words, "taskloop") || has(words, "loop");
  if (has(words, "critical") || has(words, "single") || has(words, "master") ||
      has(words, "masked") || has(words, "ordered")) {
    if (!parallel) {
      LockHold hold;
      hold.lock = {{RootKind::Global, "omp critical", 0}, {}};
      hold.begin = offset;
      hold.end = context_.end_offset(tree_[node].cursor);
      function.locks.push_back(std::move(hold));
      statement(node);
      return true;
    }
  }
  if (parallel || task) {
    Body inner(state_, this);
    const Spot where = context_.spot(tree_[node].cursor);
    inner.function.id =
        function.id + "@omp:" + std::to_string(where.line) + ":" + std::to_string(where.column);
    inner.function.name = "parallel region in " + function.name;
    inner.function.where = context_.sources().range(file, offset, offset + 1);
    inner.function.kind = FunctionKind::Region;
    inner.function.record_id = function.record_id;
    inner.function.outer = function.id;
    inner.function.internal_linkage = true;
    inner.region_ = true;
    inner.private_names_ = private_names(all);
    inner.scope_end_ = context_.end_offset(tree_[node].cursor);
    inner.handled_pragma_ = handled_pragma_;
    // `int i; #pragma omp parallel for for (i = 0; ...)`: i is private to each thread.
    if (tree_[node].kind == CXCursor_ForStmt && shared_loop) {
      const NodeId init = tree_[node].first;
      const NodeId left = init != no_node && tree_[init].kind == CXCursor_BinaryOperator
                              ? strip(tree_[init].first)
                              : no_node;
      if (left != no_node && tree_[left].kind == CXCursor_DeclRefExpr) {
        const auto known = state_.variables.find(clang_getCursorReferenced(tree_[left].cursor));
        if (known != state_.variables.end() && known->second.owner != nullptr) {
          Local copy;
          copy.name = spelling(known->first);
          copy.where = where;
          const VariableFacts before = known->second;
          known->second = {};
          known->second.owner = &inner;
          known->second.number = 0;
          inner.function.locals.push_back(std::move(copy));
          inner.statement(node);
          state_.variables[clang_getCursorReferenced(tree_[left].cursor)] = before;
        } else {
          inner.statement(node);
        }
      } else {
        inner.statement(node);
      }
    } else {
      inner.statement(node);
    }
    if (shared_loop && !inner.function.loops.empty()) inner.function.loops.front().parallel = true;
    inner.finish();
    ThreadStart made;
    made.kind = parallel ? "OpenMP parallel region" : "OpenMP task";
    made.entry = inner.function.id;
    made.many = parallel;
    made.pool = !parallel;
    made.waits = parallel;
    made.loop = loop_;
    made.where = where;
    function.starts.push_back(std::move(made));
    return true;
  }
  if (shared_loop && tree_[node].kind == CXCursor_ForStmt) {
    const std::size_t loop = function.loops.size();
    statement(node);
    if (loop < function.loops.size()) function.loops[loop].parallel = true;
    return true;
  }
  return false;
}

std::string_view Body::text_of(NodeId node) const {
  CXFile file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
  const CXSourceRange extent = clang_getCursorExtent(tree_[node].cursor);
  clang_getFileLocation(clang_getRangeStart(extent), &file, nullptr, nullptr, &begin);
  clang_getFileLocation(clang_getRangeEnd(extent), nullptr, nullptr, nullptr, &end);
  if (file == nullptr) return {};
  const std::string_view all = context_.sources().text(file);
  return begin < end && end <= all.size() ? all.substr(begin, end - begin) : std::string_view();
}

/// The call itself, an assignment of it, or what it was assigned to.
bool Body::is_forked(NodeId node) const {
  node = strip(node);
  if (node == no_node) return false;
  if (tree_[node].kind == CXCursor_CallExpr) {
    return is_any(spelling(tree_[node].cursor), {"fork", "_Fork", "vfork"});
  }
  if (tree_[node].kind == CXCursor_BinaryOperator &&
      clang_getCursorBinaryOperatorKind(tree_[node].cursor) == CXBinaryOperator_Assign) {
    return is_forked(tree_[node].last);
  }
  return !forked_.empty() && text_of(node) == forked_;
}

/// Notes that the variable, or what is assigned to, holds the result of fork().
void Body::note_fork(std::string_view holder, NodeId value) {
  if (!holder.empty() && is_forked(value)) forked_ = holder;
}

/// The branch of an `if` that the child of fork() takes.
NodeId Body::child_branch(NodeId condition, NodeId then, NodeId otherwise) const {
  const NodeId plain = condition == no_node ? no_node : strip(condition);
  if (plain == no_node) return no_node;
  if (is_forked(plain)) return otherwise;
  const Node& node = tree_[plain];
  if (node.kind == CXCursor_UnaryOperator &&
      clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_LNot) {
    return is_forked(node.first) ? then : no_node;
  }
  if (node.kind != CXCursor_BinaryOperator || !is_forked(node.first)) return no_node;
  if (constant_of(node.last) != std::optional<std::int64_t>(0)) return no_node;
  switch (clang_getCursorBinaryOperatorKind(node.cursor)) {
    case CXBinaryOperator_EQ:
      return then;
    case CXBinaryOperator_NE:
    case CXBinaryOperator_GT:
      return otherwise;
    default:
      return no_node;
  }
}

/// The statements behind `case 0:` of `switch (fork())`.
std::vector<NodeId> Body::child_case(NodeId condition, NodeId body) const {
  std::vector<NodeId> found;
  if (!is_forked(condition)) return found;
  bool inside = false;
  for (const NodeId child : tree_.children(body)) {
    const bool label =
        tree_[child].kind == CXCursor_CaseStmt || tree_[child].kind == CXCursor_DefaultStmt;
    if (label) inside = false;
    if (inside) found.push_back(child);
    if (tree_[child].kind != CXCursor_CaseStmt) continue;
    inside = constant_of(tree_[child].first) == std::optional<std::int64_t>(0);
    if (inside) found.push_back(tree_[child].last);
  }
  return found;
}

/// Reads the statements that the child of fork() runs, once for all of them.
void Body::child_process() {
  const std::vector<NodeId> nodes = std::move(child_nodes_);
  child_nodes_.clear();
  Body inner(state_, this);
  const Spot where = context_.spot(tree_[nodes.front()].cursor);
  inner.function.id =
      function.id + "@fork:" + std::to_string(where.line) + ":" + std::to_string(where.column);
  inner.function.name = "child process in " + function.name;
  inner.function.where = context_.sources().name(tree_[nodes.front()].cursor);
  inner.function.kind = FunctionKind::Region;
  inner.function.record_id = function.record_id;
  inner.function.outer = function.id;
  inner.function.internal_linkage = true;
  inner.region_ = true;
  inner.scope_end_ = context_.end_offset(tree_[nodes.back()].cursor);
  for (const NodeId node : nodes) inner.statement(node);
  inner.finish();
  ThreadStart made;
  made.kind = std::string(process_start);
  made.entry = inner.function.id;
  made.loop = loop_;
  made.where = where;
  function.starts.push_back(std::move(made));
}

/// The mapping that a call gives, shared with the processes that are forked later.
std::optional<Path> Body::mapped(NodeId node, const CallParts& parts) const {
  if (parts.callee->method || parts.callee->project) return std::nullopt;
  bool shared = parts.callee->name == "shmat";
  if (is_any(parts.callee->name, {"mmap", "mmap64"}) && parts.arguments.size() == 6) {
    const std::optional<std::int64_t> flags = constant_of(parts.arguments[3]);
    shared = flags && (*flags & map_types) != 0 && (*flags & map_types) != map_private;
  }
  if (!shared) return std::nullopt;
  const Spot where = context_.spot(tree_[node].cursor);
  std::string id = function.id + "#" + parts.callee->name + ":" + std::to_string(where.line) + ":" +
                   std::to_string(where.column) + ":" + std::to_string(where.offset);
  return Path{{RootKind::Heap, std::move(id), shared_mapping}, {}};
}

}  // namespace snug::evidence
