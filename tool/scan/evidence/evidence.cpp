#include "scan/evidence/evidence.hpp"

#include <algorithm>
#include <vector>

#include "scan/evidence/evidence_body.hpp"

namespace snug {

namespace {

bool is_pattern(CXCursorKind kind) {
  return kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization ||
         kind == CXCursor_FunctionTemplate;
}

/// True for what is written inside a template and stands for no instantiation.
bool in_pattern(CXCursor function) {
  for (CXCursor at = function; clang_isDeclaration(clang_getCursorKind(at)) != 0;
       at = clang_getCursorSemanticParent(at)) {
    if (is_pattern(clang_getCursorKind(at))) return true;
  }
  return false;
}

}  // namespace

struct EvidenceScanner::State {
  State(const Sources& sources, Names& names, bool openmp) : context(sources, names, openmp) {}

  /// Reads the body that was collected.
  void flush() {
    if (tree.empty()) return;
    evidence::BodyState state{context, tree, {}};
    evidence::Body body(state, nullptr);
    if (clang::is_function(tree[0].kind)) {
      body.read_function(0);
    } else {
      body.read_initializer(0);
    }
    tree.clear();
    above.clear();
  }

  void begin(CXCursor cursor, std::size_t at_depth) {
    depth = at_depth;
    tree.add(cursor, evidence::no_node);
    above.assign(1, 0);
  }

  evidence::Context context;
  evidence::Tree tree;
  std::vector<evidence::NodeId> above;  ///< From the root of the body to the last cursor.
  std::size_t depth = 0;                ///< Ancestors of the root.
  std::size_t skipped = 0;              ///< Ancestors of a template's pattern that is left out.
  bool skipping = false;
};

EvidenceScanner::EvidenceScanner(const Sources& sources, Names& names, bool openmp)
    : state_(std::make_unique<State>(sources, names, openmp)) {}

EvidenceScanner::~EvidenceScanner() = default;

void EvidenceScanner::visit(CXCursor cursor, std::span<const CXCursor> ancestors) {
  State& state = *state_;
  if (state.skipping) {
    if (ancestors.size() > state.skipped) return;
    state.skipping = false;
  }
  if (!state.tree.empty()) {
    if (ancestors.size() > state.depth) {
      const std::size_t level = ancestors.size() - state.depth;
      state.above.resize(level);
      state.above.push_back(state.tree.add(cursor, state.above.back()));
      return;
    }
    state.flush();
  }
  const CXCursorKind kind = clang_getCursorKind(cursor);
  if (is_pattern(kind)) {
    state.skipping = true;
    state.skipped = ancestors.size();
    return;
  }
  if (clang::is_function(kind)) {
    if (clang_isCursorDefinition(cursor) == 0) return;
    const CXCursor owner = clang_getCursorSemanticParent(cursor);
    // Bodies of lambdas are read where they stand; members of a template outside of it are
    // patterns, too.
    if (evidence::spelling(owner).find("(lambda") != std::string::npos) return;
    if (clang::is_null(clang_getSpecializedCursorTemplate(cursor)) && in_pattern(cursor)) {
      state.skipping = true;
      state.skipped = ancestors.size();
      return;
    }
    state.begin(cursor, ancestors.size());
  } else if (kind == CXCursor_VarDecl && clang_Cursor_getStorageClass(cursor) != CX_SC_Extern) {
    if (in_pattern(cursor)) return;
    const std::string id = state.context.variable(cursor);
    state.context.hold(
        clang_getCursorType(cursor), cursor,
        state.context.is_thread_local(cursor) ? HoldingPlace::ThreadLocal : HoldingPlace::Global,
        id);
    state.begin(cursor, ancestors.size());
  }
}

void EvidenceScanner::add_record(CXType type) {
  State& state = *state_;
  const CXCursor declaration = clang_getTypeDeclaration(type);
  if (!state.context.sources().in_project(clang_getCursorLocation(declaration))) {
    return;
  }
  const std::string id = state.context.names().id(declaration);
  clang::visit_fields(type, [&](CXCursor field) {
    state.context.hold(clang_getCursorType(field), field, HoldingPlace::Field, id);
  });
}

void EvidenceScanner::finish(Model& model) {
  State& state = *state_;
  state.flush();
  for (auto& [id, function] : state.context.functions) {
    function.address_taken = state.context.taken.contains(id);
    model.functions.push_back(std::move(function));
  }
  for (auto& [id, variable] : state.context.variables) {
    model.variables.push_back(std::move(variable));
  }
  std::vector<Holding>& holdings = state.context.holdings;
  std::sort(holdings.begin(), holdings.end());
  holdings.erase(std::unique(holdings.begin(), holdings.end()), holdings.end());
  std::move(holdings.begin(), holdings.end(), std::back_inserter(model.holdings));
  state.context.functions.clear();
  state.context.variables.clear();
  holdings.clear();
}

}  // namespace snug
