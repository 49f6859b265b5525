// Models of one function with loops over the elements of one record, for tests of the checks that
// look at access patterns.
#pragma once

#include <algorithm>
#include <string>

#include "support/model_builder.hpp"

namespace snug::test {

struct ElementModel {
  ElementModel() {
    Function& made = builder.model().functions.emplace_back();
    made.id = "c:@F@run#";
    made.where.file = "/project/main.cpp";
  }

  /// Adds a loop over elements and gives its number.
  std::int32_t loop() {
    Loop& made = function().loops.emplace_back();
    made.where.offset = static_cast<std::uint32_t>(100 * function().loops.size());
    made.where.line = static_cast<std::uint32_t>(10 * function().loops.size());
    return static_cast<std::int32_t>(function().loops.size()) - 1;
  }

  /// Puts a new loop around a loop.
  void nest(std::int32_t inner) {
    const std::int32_t outer = loop();
    Loop& nested = function().loops[static_cast<std::size_t>(inner)];
    nested.parent = nested.recurs.loop = outer;
  }

  /// The loop touches a field of its element; all of it if the name is empty.
  void touch(std::int32_t loop, const std::string& name, AccessKind kind = AccessKind::Read) {
    FieldAccess access;
    access.kind = kind;
    access.loop = loop;
    access.path = element(loop);
    if (!name.empty()) access.path.steps.push_back(field(name));
    function().accesses.push_back(std::move(access));
  }

  /// The loop calls a method of its element.
  void call(std::int32_t loop, const std::string& callee, const std::string& name) {
    Call call;
    call.callee = callee;
    call.name = name;
    call.loop = loop;
    call.object.path = element(loop);
    call.object.by_reference = true;
    function().calls.push_back(std::move(call));
  }

  [[nodiscard]] Path element(std::int32_t loop) const {
    Step step;
    step.kind = StepKind::Item;
    step.record_id = record;
    step.index = {RootKind::LoopVariable, "", static_cast<std::uint64_t>(loop)};
    return {{RootKind::Parameter, "", 0}, {step}};
  }

  [[nodiscard]] Step field(const std::string& name) const {
    Step step;
    step.record_id = record;
    step.field = name;
    return step;
  }

  [[nodiscard]] Function& function() {
    auto& functions = builder.model().functions;
    return *std::find_if(functions.begin(), functions.end(),
                         [](const Function& one) { return one.id == "c:@F@run#"; });
  }

  /// Functions of a model are sorted by id.
  void sort() {
    auto& functions = builder.model().functions;
    std::sort(functions.begin(), functions.end(),
              [](const Function& a, const Function& b) { return a.id < b.id; });
  }

  ModelBuilder builder;
  std::string record;  ///< Id of the elements' type.
};

}  // namespace snug::test
