// What the uses of a counted pointer together say of it: parameters, copies, walks.
#include <algorithm>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {

namespace {

bool is_lambda_function(CXCursor function) {
  return clang_getCursorKind(function) == CXCursor_LambdaExpr;
}

bool overrides(CXCursor function) {
  return clang_getCursorKind(function) == CXCursor_CXXMethod &&
         clang_CXXMethod_isVirtual(function) != 0;
}

void judge_parameter(Context& context, const Variable& variable) {
  OwnerParameter fact;
  fact.name = name_of(variable.cursor);
  if (fact.name.empty()) return;
  fact.where = context.sources.name(variable.cursor);
  fact.function = variable.around;
  fact.lambda = is_lambda_function(variable.function);
  fact.function_id = Context::function_id(variable.function);
  fact.type = variable.type;
  fact.index = variable.index;
  fact.use = variable.own_use;
  fact.use_where = variable.use_where;
  if (!variable.walks.empty() && fact.use < OwnerUse::Assigned) {
    fact.use = OwnerUse::Assigned;
    fact.use_where = variable.walks.front().first;
  }
  fact.reads = variable.reads;
  fact.first_read = variable.first_read;
  fact.virtual_function = overrides(variable.function);
  fact.constructor = clang_getCursorKind(variable.function) == CXCursor_Constructor;
  fact.from_macro = from_macro(variable.cursor);
  if (fact.use == OwnerUse::Read) {
    const BodyFacts body =
        look_into(context, variable.function, clang_getNullCursor(), variable.type.pointee);
    fact.coroutine = body.coroutine;
    fact.calls_out = body.calls_out;
    fact.drops_owners = body.drops_owners;
  }
  context.facts.parameters.push_back(std::move(fact));
}

/// What a local container holds is changed by nobody else. An iterator is no container.
bool is_local_container(Context& context, CXCursor root) {
  const TypeFacts* facts = is_local(root) ? context.types.find(clang_getCursorType(root)) : nullptr;
  return facts != nullptr && facts->kind != TypeKind::ListIterator;
}

void judge_copy(Context& context, const Variable& variable) {
  if (!variable.copied || clang::is_null(variable.loop) || !variable.walks.empty()) return;
  OwnerCopy fact;
  fact.where = context.sources.name(variable.cursor);
  fact.function = variable.around;
  fact.name = name_of(variable.cursor);
  fact.source = context.text(variable.source);
  fact.type = variable.type;
  fact.kind = variable.element ? OwnerCopyKind::Element : OwnerCopyKind::Local;
  fact.use = variable.use;
  fact.use_where = variable.use_where;
  fact.loop = context.range(variable.loop);
  fact.place = declarator(context, variable.cursor);
  fact.in_pair = variable.in_pair;
  fact.converts = variable.converts;
  fact.from_macro = from_macro(variable.cursor);
  if (fact.use == OwnerUse::Read) {
    const CXCursor root = root_of(variable.source);
    const BodyFacts body = look_into(context, variable.loop, root, variable.type.pointee);
    fact.source_changes = body.source_changes;
    fact.calls_out = body.calls_out && !is_local_container(context, root);
  }
  context.facts.copies.push_back(std::move(fact));
}

void judge_walks(Context& context, const Variable& variable) {
  if (variable.use != OwnerUse::Read || variable.parameter) return;
  for (const auto& [where, loop] : variable.walks) {
    OwnerCopy fact;
    fact.where = where;
    fact.function = variable.around;
    fact.name = name_of(variable.cursor);
    fact.type = variable.type;
    fact.kind = OwnerCopyKind::Walk;
    fact.loop = context.range(loop);
    fact.from_macro = from_macro(variable.cursor);
    context.facts.copies.push_back(std::move(fact));
  }
}

void judge_unwraps(Context& context) {
  for (std::size_t i = 0; i < context.unwraps.size(); ++i) {
    const auto found = context.variables.find(context.unwrap_owners[i]);
    if (found == context.variables.end()) continue;
    const Variable& owner = found->second;
    OwnerUnwrap& fact = context.unwraps[i];
    if (owner.in_pair || (!owner.parameter && owner.copied)) continue;
    fact.source = owner.parameter ? UnwrapSource::Parameter
                  : owner.made    ? UnwrapSource::Made
                                  : UnwrapSource::Local;
    fact.shared = owner.use >= OwnerUse::Captured;
    fact.used_after = !fact.returned && owner.last_use > fact.where.end;
    if (owner.parameter) {
      fact.index = owner.index;
      if (!is_lambda_function(owner.function)) {
        fact.function_id = Context::function_id(owner.function);
      }
    }
    context.facts.unwraps.push_back(std::move(fact));
  }
}

}  // namespace

void judge_variables(Context& context) {
  for (const auto& [cursor, variable] : context.variables) {
    if (variable.parameter) judge_parameter(context, variable);
    judge_copy(context, variable);
    judge_walks(context, variable);
  }
  judge_unwraps(context);
  context.variables.clear();
  context.unwraps.clear();
  context.unwrap_owners.clear();
}

}  // namespace snug::ownership
