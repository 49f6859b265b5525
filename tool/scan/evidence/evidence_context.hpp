// Facts about types, fields and functions that the reading of bodies asks for, each made once a
// unit. Only the files evidence*.cpp include this.
#pragma once

#include <clang-c/Index.h>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "known/known.hpp"
#include "model/model.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"

namespace snug::evidence {

/// What a type is for the purpose of following objects.
struct TypeFacts {
  bool reference = false;
  bool pointer = false;    ///< A raw pointer.
  bool smart = false;      ///< A smart pointer, an iterator or a reference_wrapper.
  bool array = false;      ///< T[N] or std::array: the elements lie inside.
  bool container = false;  ///< A class of a library with elements elsewhere.
  bool record = false;
  bool number = false;  ///< Integer, enumeration or bool.
  bool is_const = false;
  bool atomic = false;
  bool lock = false;
  bool guard = false;   ///< An object that holds a lock as long as it lives.
  bool thread = false;  ///< std::thread and the like.
  bool future = false;
  bool function = false;         ///< A function itself.
  bool function_object = false;  ///< std::function and the like, function pointers.
  bool project = false;          ///< A record of the project.
  bool volatile_or_tls = false;
  std::string name;       ///< Of the record's template or the record, qualified, no arguments.
  std::string record_id;  ///< Of the type, else of what it points to or of its elements.
  Roles roles;            ///< What is known of its name.
  std::uint64_t elements = 0;
  std::uint64_t size = 0;  ///< Bytes.
  std::uint64_t align = 1;
  CXType self{};     ///< Of records: the type.
  CXType element{};  ///< Of arrays, containers and pointers: what is inside.

  /// A value that stands for another object.
  [[nodiscard]] bool refers() const { return pointer || smart || reference; }
};

struct FieldFacts {
  std::string record_id;
  std::string name;
  bool project = false;
  bool anonymous = false;
  bool reference = false;
  const TypeFacts* type = nullptr;
};

struct CalleeFacts {
  std::string id;
  std::string name;   ///< Without scopes.
  std::string owner;  ///< Of methods: the class, without arguments. Of functions: the namespace.
  bool project = false;
  bool method = false;
  bool constructor = false;
  bool conversion = false;
  bool is_static = false;
  bool is_virtual = false;
  bool is_const = false;
  bool is_operator = false;
  bool returns_pointer = false;  ///< Raw or smart.
  bool returns_reference = false;
  bool lambda = false;  ///< The operator() of a closure.
  FunctionMatch known;  ///< What its name tells.

  [[nodiscard]] bool does(Effect effect) const { return known.does(effect); }
  CXCursor cursor{};
};

class Context {
 public:
  Context(const Sources& sources, Names& names, bool openmp);

  [[nodiscard]] const TypeFacts& type(CXType type);
  [[nodiscard]] const FieldFacts& field(CXCursor field);
  [[nodiscard]] const CalleeFacts& callee(CXCursor function);
  /// Of a class, those that it takes over from its bases included.
  [[nodiscard]] const std::vector<CXCursor>& constructors(CXType type);

  /// Id of a function; with the file for internal linkage.
  [[nodiscard]] std::string function_id(CXCursor function);
  /// Remembers a closure, so that calls of it find the lambda.
  void note_lambda(CXType closure, const std::string& id);
  /// Id of a lambda by its closure type, empty if it was not met.
  [[nodiscard]] std::string lambda_id(CXType closure) const;

  /// Id of a variable with static or thread storage. It is added to the result when it is one of
  /// the project.
  const std::string& variable(CXCursor variable);
  /// Bytes that an alignas asks for.
  [[nodiscard]] std::uint64_t asked_alignment(CXCursor attribute) const;
  /// The same of a variable of the project by its id.
  [[nodiscard]] bool is_thread_local_id(const std::string& id) const {
    const auto found = variables.find(id);
    return found != variables.end() && found->second.thread_local_storage;
  }
  [[nodiscard]] bool is_thread_local(CXCursor variable) const {
    return clang_getCursorTLSKind(variable) != CXTLS_None;
  }

  /// Adds what a field or variable of that type holds.
  void hold(CXType type, CXCursor declaration, HoldingPlace place, const std::string& owner);

  [[nodiscard]] Spot spot(CXCursor cursor) const;
  [[nodiscard]] std::uint32_t end_offset(CXCursor cursor) const;
  [[nodiscard]] const Sources& sources() const { return sources_; }
  [[nodiscard]] Names& names() { return names_; }
  [[nodiscard]] bool openmp() const { return openmp_; }

  std::map<std::string, Function> functions;
  std::map<std::string, Variable> variables;
  std::vector<Holding> holdings;
  std::unordered_map<std::string, bool> taken;  ///< Ids of functions whose address is taken.

 private:
  void fill(CXType canonical, TypeFacts& facts);
  void fill_record(CXType canonical, TypeFacts& facts);
  void hold_level(CXType type, Holding holding, int depth);

  const Sources& sources_;
  Names& names_;
  bool openmp_;
  std::unordered_map<const void*, TypeFacts> types_;
  clang::CursorMap<FieldFacts> fields_;
  clang::CursorMap<CalleeFacts> callees_;
  clang::CursorMap<std::vector<CXCursor>> constructors_;
  clang::CursorMap<std::string> lambdas_;
  clang::CursorMap<std::string> variable_ids_;
};

[[nodiscard]] std::string spelling(CXCursor cursor);
/// "std::mutex" of "std::mutex", "mutex" ...: the part behind the last ::.
[[nodiscard]] std::string_view last_part(std::string_view name);
/// True if the name is one of those given.
[[nodiscard]] bool is_any(std::string_view name, std::initializer_list<std::string_view> names);
/// True if the name has the word, whatever the case.
[[nodiscard]] bool has_word(std::string_view name, std::string_view lower);

}  // namespace snug::evidence
