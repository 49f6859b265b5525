// Reading of one function body, or of a lambda or parallel region inside one. The themes have a
// file each: statements and local variables (evidence_statements.cpp), loops (evidence_loops.cpp)
// and their bounds (evidence_bounds.cpp), branches and what leaves loops (evidence_branches.cpp),
// where objects come from (evidence_paths.cpp), what expressions touch (evidence_expressions.cpp),
// calls (evidence_calls.cpp), threads (evidence_threads.cpp), locks (evidence_locks.cpp), OpenMP
// (evidence_openmp.cpp).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scan/evidence/evidence_context.hpp"
#include "scan/evidence/evidence_tree.hpp"

namespace snug::evidence {

/// What is done to the object that an expression denotes.
enum class Mode : std::uint8_t { None, Read, Write, ReadWrite, Address };

[[nodiscard]] inline bool is_expression(CXCursorKind kind) {
  return clang_isExpression(kind) != 0;
}

/// True for casts that are written, whatever their form.
[[nodiscard]] bool is_cast(CXCursorKind kind);

class Body;

/// What is known of a parameter or local while its function is read.
struct VariableFacts {
  Body* owner = nullptr;
  std::uint64_t number = 0;
  bool parameter = false;
  bool aliased = false;    ///< `alias` tells what it stands for.
  bool assigned = false;   ///< Has got a value other than at its declaration.
  bool linked = false;     ///< ... along links.
  std::int32_t loop = -1;  ///< The loop that it runs with, if inside of that.
  Path alias;
  std::optional<Root> value;  ///< Of numbers ...
  std::uint64_t scale = 1;    ///< ... times this.
  std::string callable;       ///< Id of the function that it holds.
  Argument bound;             ///< The object or the first argument bound into it.
  std::vector<Argument> bound_arguments;
};

/// What bodies that lie inside each other share.
struct BodyState {
  Context& context;
  Tree& tree;
  clang::CursorMap<VariableFacts> variables;
};

/// Something that can be called, as an argument to others.
struct Callable {
  std::string id;
  Path object;  ///< Of member functions and functors; what is called if no id.
  bool has_object = false;
  std::vector<Argument> arguments;  ///< Bound ones.
};

// snug: ignore(hot-cold): a few lie inside each other, on the stack
class Body {
 public:
  Body(BodyState& state, Body* outer);

  /// Reads a function, whose node is given. Its facts go to the context.
  void read_function(NodeId node);
  /// Reads the initialiser of a global variable.
  void read_initializer(NodeId node);

  Function function;

 private:
  friend struct LoopScope;

  // evidence_body.cpp
  void read_parameters(NodeId node);
  void read_constructor_initializers(NodeId node);
  void statement(NodeId node);
  void compound(NodeId node);
  void declaration(NodeId node);
  void local_variable(NodeId node);
  void binding(NodeId node);
  void for_loop(NodeId node);
  void range_loop(NodeId node);
  void while_loop(NodeId node);
  void return_statement(NodeId node);
  std::int32_t open_loop(NodeId node, LoopKind kind);
  void find_loop_variables(NodeId node, std::int32_t loop, bool body, std::vector<CXCursor>& found);
  void close_loop(const std::vector<CXCursor>& variables);
  void leave_loop();
  [[nodiscard]] std::optional<std::int64_t> constant_of(NodeId node) const;
  [[nodiscard]] std::uint64_t trip_count(NodeId init, NodeId condition) const;
  void finish();

  // evidence_bounds.cpp
  void note_bounds(std::int32_t loop, NodeId init, NodeId condition);
  [[nodiscard]] std::int32_t bounds_from(NodeId node, std::int32_t loop);
  [[nodiscard]] std::int32_t changed_in(CXCursor variable, std::int32_t loop);
  void find_changed(NodeId node, clang::CursorSet& found) const;

  // evidence_branches.cpp
  /// How control goes on behind a statement.
  enum class Exit : std::uint8_t { None, Loop, Function };
  void if_statement(NodeId node);
  void switch_statement(NodeId node);
  void conditional(NodeId node, Mode mode);
  void short_circuit(NodeId left, NodeId right);
  void statements(const std::vector<NodeId>& list);
  void branch(NodeId node, Often often);
  void end_scoped_locks(std::size_t held);
  [[nodiscard]] std::uint32_t start_of(NodeId node) const;
  void join_branches(const std::vector<std::uint32_t>& starts, std::size_t accesses,
                     std::size_t calls);
  [[nodiscard]] Exit exit_of(NodeId node) const;
  [[nodiscard]] Recurrence behind(Exit exit) const;
  [[nodiscard]] Often expected(NodeId condition, bool taken) const;
  [[nodiscard]] bool starts_with(NodeId node, std::string_view text) const;

  // evidence_paths.cpp
  [[nodiscard]] NodeId strip(NodeId node) const;
  /// A null pointer, as written.
  [[nodiscard]] bool is_null(NodeId node) const;
  [[nodiscard]] NodeId last_expression(NodeId node) const;
  [[nodiscard]] Path object_of(NodeId node);
  [[nodiscard]] Path pointee_of(NodeId node);
  [[nodiscard]] Path value_path(NodeId node);
  [[nodiscard]] Root value_of(NodeId node, std::uint64_t* stride = nullptr);
  [[nodiscard]] Path variable_path(CXCursor variable, bool through);
  [[nodiscard]] Root variable_value(CXCursor variable, std::uint64_t* stride = nullptr);
  [[nodiscard]] Root member_value(NodeId node);
  [[nodiscard]] Root call_value(NodeId node);
  [[nodiscard]] Root binary_value(NodeId node, std::uint64_t* stride);
  [[nodiscard]] Root ticket() const;
  [[nodiscard]] Path stands_for(NodeId value, const TypeFacts& type);
  [[nodiscard]] Path call_result(NodeId node, bool through);
  [[nodiscard]] std::uint64_t element_size(const TypeFacts& type);
  [[nodiscard]] Step element_step(CXType element, NodeId index, StepKind kind);
  /// 0: not captured, '&' by reference, '=' a copy, between this function and the owner.
  [[nodiscard]] char capture_of(CXCursor variable, const Body* owner) const;
  [[nodiscard]] const TypeFacts& type_of(NodeId node) const;
  [[nodiscard]] std::string own_id(const Body* owner) const;

  // evidence_expressions.cpp
  void expression(NodeId node, Mode mode);
  void children(NodeId node, Mode mode = Mode::Read);
  void binary(NodeId node, Mode mode);
  void point_local(VariableFacts& facts, NodeId value);
  void point_variable(CXCursor variable, NodeId value, NodeId at);
  void point_written(std::size_t before, NodeId value, const TypeFacts& type);
  void unary(NodeId node, Mode mode);
  void member(NodeId node, Mode mode);
  void subscript(NodeId node, Mode mode);
  void reference(NodeId node, Mode mode);
  void new_expression(NodeId node);
  void init_list(NodeId node);
  [[nodiscard]] CXType list_type(NodeId node);
  void construct_fields(CXType type, const std::vector<NodeId>& values);
  void initialise_fields(CXType type, const std::vector<NodeId>& values);
  bool atomic_builtin(NodeId node);
  [[nodiscard]] std::string_view builtin_name(NodeId node) const;
  void access(Path path, Mode mode, NodeId node, bool atomic = false, bool lock = false,
              std::string order = {});

  // evidence_calls.cpp
  struct CallParts {
    const CalleeFacts* callee = nullptr;  ///< Null: indirect.
    NodeId called = no_node;              ///< The expression that names what is called.
    NodeId object = no_node;              ///< Of methods; no_node: this, or none.
    bool arrow = false;
    bool on_this = false;
    std::vector<NodeId> arguments;
  };
  [[nodiscard]] CallParts parts_of(NodeId node) const;
  void call(NodeId node, Mode mode);
  void construction(NodeId node, const CallParts& parts);
  void foreign_call(NodeId node, const CallParts& parts, Mode mode);
  bool foreign_method(NodeId node, const CallParts& parts, Mode mode);
  void keep_callable(NodeId node, const CallParts& parts, const TypeFacts& type);
  bool algorithm(NodeId node, const CallParts& parts);
  bool atomic_method(NodeId node, const CallParts& parts);
  bool atomic_function(NodeId node, const CallParts& parts);
  void project_call(NodeId node, const CallParts& parts);
  void indirect_call(NodeId node, const CallParts& parts);
  void call_callable(NodeId node, const Callable& callable, std::vector<Argument> arguments);
  void argument_accesses(NodeId node, const CXType* parameter, bool followed);
  [[nodiscard]] Argument argument(NodeId node, const CXType* parameter);
  [[nodiscard]] Path object_path(const CallParts& parts);
  void emplaced(NodeId node, const CallParts& parts);
  [[nodiscard]] std::string memory_order(const CallParts& parts) const;
  [[nodiscard]] bool is_new_of_several(NodeId node) const;
  void allocated(NodeId node, const CallParts& parts);
  void add_construction(ConstructionKind kind, CXType type, NodeId node,
                        const std::vector<NodeId>& arguments);

  // evidence_arguments.cpp
  [[nodiscard]] int fit(CXCursor constructor, const std::vector<NodeId>& arguments);
  void constructed(NodeId node, CXType type, const std::vector<NodeId>& arguments, Path object);
  [[nodiscard]] Path temporary(NodeId node);
  [[nodiscard]] bool is_temporary(NodeId node) const;

  // evidence_coroutines.cpp
  [[nodiscard]] bool runs_when_resumed(NodeId node) const;
  /// The block of a function or lambda; that of a coroutine lies a level deeper.
  void read_block(NodeId node);

  // evidence_waits.cpp
  void note_wait(NodeId node, const CallParts& parts);

  // evidence_threads.cpp
  [[nodiscard]] std::optional<Callable> callable_of(NodeId node);
  bool thread_function(NodeId node, const CallParts& parts);
  bool thread_method(NodeId node, const CallParts& parts);
  bool push_to_pool(NodeId node, const CallParts& parts);
  bool known_start(NodeId node, const KnownFunction& starter, const CallParts& parts);
  void start(NodeId node, std::string kind, const std::vector<NodeId>& arguments, std::size_t entry,
             ThreadStart facts);
  [[nodiscard]] Path handle_of(NodeId node);

  // evidence_handles.cpp
  /// A thread, what waits for a task, or a container of those.
  [[nodiscard]] bool keeps_threads(const TypeFacts& type);
  void note_handle(const TypeFacts& type, const Path& local);
  void note_returned(NodeId value);
  void end_handles();
  [[nodiscard]] std::string entry_method(const TypeFacts& type);
  std::string lambda(NodeId node);
  void read_captures(NodeId node);

  // evidence_locks.cpp
  bool lock_method(NodeId node, const CallParts& parts);
  bool lock_function(NodeId node, const CallParts& parts);
  void guard_variable(NodeId node, const CallParts& parts, CXCursor variable);
  void take(Path lock, NodeId at, bool shared, CXCursor guard, bool scoped);
  void release(const Path& lock, NodeId at);

  // evidence_processes.cpp
  [[nodiscard]] std::string_view text_of(NodeId node) const;
  [[nodiscard]] bool is_forked(NodeId node) const;
  void note_fork(std::string_view holder, NodeId value);
  [[nodiscard]] NodeId child_branch(NodeId condition, NodeId then, NodeId otherwise) const;
  [[nodiscard]] std::vector<NodeId> child_case(NodeId condition, NodeId body) const;
  void child_process();
  [[nodiscard]] std::optional<Path> mapped(NodeId node, const CallParts& parts) const;

  // evidence_tables.cpp
  void point_table(CXType type, NodeId value, const Path& path);
  void callables_in(NodeId node, std::vector<std::string>& found);

  // evidence_openmp.cpp
  /// The pragma right in front of a statement is read; true if the statement was read with it.
  bool openmp_statement(NodeId node);

  struct Held {
    CXCursor guard;  ///< Null: locked by hand.
    bool scoped = false;
    std::size_t hold = 0;  ///< Index into function.locks.
  };
  struct Captures {
    char otherwise = 0;
    std::vector<std::pair<std::string, char>> named;
  };

  BodyState& state_;
  Context& context_;
  Tree& tree_;
  Body* outer_;
  std::int32_t loop_ = -1;
  std::int32_t switch_loop_ = -2;   ///< The loop around the innermost switch; -2: no switch.
  std::vector<NodeId> loop_nodes_;  ///< Of function.loops.
  Recurrence recurs_;               ///< Of what is read just now.
  std::vector<Held> held_;
  Captures captures_;
  std::map<std::int32_t, clang::CursorSet> changed_;  ///< Variables that are assigned in a loop.
  clang::CursorMap<std::uint64_t> copies_;            ///< Captured by value: locals of this lambda.
  std::map<NodeId, std::uint64_t> temporaries_;       ///< Locals that stand for them.
  std::vector<NodeId> child_nodes_;                   ///< Statements that the child of fork() runs.
  std::string forked_;                                ///< What holds the result of the last fork().
  std::uint32_t scope_end_ = 0;  ///< Byte offset of the end of the innermost block.
  bool returns_callable_ = false;
  bool returns_object_ = false;
  bool returns_number_ = false;
  bool region_ = false;
  std::vector<std::string> private_names_;  ///< Of a parallel region.
  int handled_pragma_ = -1;
  /// A local that waits for threads when its block ends.
  struct ScopedHandle {
    Path local;
    ThreadJoin join;
    bool tasks = false;  ///< Waits for those of std::async and the like alone.
  };
  std::vector<ScopedHandle> scoped_handles_;
  std::vector<Path> moved_;          ///< Locals that were given away.
  std::vector<Path> returned_;       ///< Locals with threads that were returned.
  NodeId current_handle_ = no_node;  ///< The variable or assignment that a start is kept in.
};

}  // namespace snug::evidence
