// The words of .snug.toml for roles and effects.
#include "known/known.hpp"

namespace snug {

const std::vector<RoleWord>& role_words() {
  using enum TypeRole;
  static const std::vector<RoleWord> words{
      {"vector", {Sequence, Indexed}},
      {"array", {Sequence, Inside}},
      {"list", {Sequence, Linked, DoublyLinked}},
      {"map", Map},
      {"span", Span},
      {"optional", {Optional, Wrapper, HoldsOne, Refers}},
      {"expected", {Expected, Variant, HoldsOne}},
      {"variant", {Variant, HoldsOne}},
      {"pointer", {Pointer, Refers}},
      {"shared-pointer", {Counted, Pointer, Refers}},
      {"unique-pointer", {Unique, Pointer, Refers}},
      {"weak-pointer", {Weak, Pointer, Refers}},
      {"iterator", {Iterator, Refers}},
      {"callable", Callable},
      {"atomic", {Atomic, HoldsOne}},
      {"lock", Lock},
      {"guard", Guard},
      {"condition", Condition},
      {"thread", Thread},
      {"future", Future},
      {"pool", Pool},
      {"holds-nothing", HoldsNothing},
  };
  return words;
}

const std::vector<EffectWord>& effect_words() {
  using enum Effect;
  static const std::vector<EffectWord> words{
      {"starts-thread", StartsThread},
      {"pool", HandsToPool},
      {"thread-entry", ThreadEntry},
      {"thread-number", ThreadNumber},
      {"joins", {Joins, JoinsObject}},
      {"waits", {Waits, WaitsMethod}},
      {"takes-lock", {TakesLock, TakesItself}},
      {"releases-lock", {ReleasesLock, ReleasesItself}},
  };
  return words;
}

}  // namespace snug
