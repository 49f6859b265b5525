#include "scan/uses/uses_context.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "scan/uses/seen/uses_member_pointers.hpp"

namespace snug::uses {

namespace {

bool is_record_kind(CXCursorKind kind) {
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl || kind == CXCursor_UnionDecl ||
         kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization;
}

/// What a class definition says about being an aggregate.
struct AggregateFacts {
  bool constructor = false;
  bool hidden_field = false;
  bool is_virtual = false;
};

AggregateFacts aggregate_facts(CXCursor definition) {
  AggregateFacts facts;
  clang::visit_children(written(definition), [&](CXCursor child, CXCursor) {
    switch (clang_getCursorKind(child)) {
      case CXCursor_Constructor:
        facts.constructor = true;
        break;
      case CXCursor_FunctionTemplate:
        facts.constructor |= clang_getTemplateCursorKind(child) == CXCursor_Constructor;
        break;
      case CXCursor_FieldDecl:
        facts.hidden_field |= clang_getCXXAccessSpecifier(child) == CX_CXXPrivate ||
                              clang_getCXXAccessSpecifier(child) == CX_CXXProtected;
        break;
      case CXCursor_CXXMethod:
        facts.is_virtual |= clang_CXXMethod_isVirtual(child) != 0;
        break;
      case CXCursor_CXXBaseSpecifier:
        facts.is_virtual |= clang_isVirtualBase(child) != 0;
        break;
      default:
        break;
    }
    return CXChildVisit_Continue;
  });
  return facts;
}

SourceRange place_of(const Context& context, CXCursor at) {
  return context.sources().range(clang_getCursorExtent(at));
}

std::string scoped_name(CXCursor function) {
  std::string name = spelling(function);
  CXCursor scope = clang_getCursorSemanticParent(function);
  while (!clang::is_null(scope) && clang_isDeclaration(clang_getCursorKind(scope)) != 0) {
    const std::string part = spelling(scope);
    const CXCursorKind kind = clang_getCursorKind(scope);
    if (!part.empty() && kind != CXCursor_LinkageSpec &&
        clang_Cursor_isInlineNamespace(scope) == 0) {
      name.insert(0, part + "::");
    }
    scope = clang_getCursorSemanticParent(scope);
  }
  return name;
}

std::string function_around(CXCursor at, Ancestors ancestors) {
  if (clang::is_function_or_template(clang_getCursorKind(at))) {
    return scoped_name(at);
  }
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    if (clang::is_function_or_template(clang_getCursorKind(*i))) {
      return scoped_name(*i);
    }
  }
  return {};
}

}  // namespace

CXCursor written(CXCursor definition) {
  const CXCursor pattern = clang_getSpecializedCursorTemplate(definition);
  if (clang::is_null(pattern)) {
    return definition;
  }
  bool has_children = false;
  clang::visit_children(definition, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    has_children = clang_isDeclaration(kind) != 0 || kind == CXCursor_CXXBaseSpecifier;
    return has_children ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  const CXCursor body = clang_getCursorDefinition(pattern);
  return has_children || clang::is_null(body) ? definition : body;
}

std::vector<std::string> RecordFacts::field_names() const {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const FieldFacts& field : fields) {
    names.push_back(field.name);
  }
  return names;
}

Context::Context(const Sources& sources, bool cxx)
    : sources_(sources), names_(sources), is_cxx_(cxx) {}

/// The id of a record: of the primary template for the code of a partial specialisation, whose
/// instantiations name that one too.
std::string Context::id_of(CXCursor definition) {
  if (clang_getCursorKind(definition) == CXCursor_ClassTemplatePartialSpecialization) {
    definition = primary_template(definition);
  }
  return names_.id(definition);
}

std::unique_ptr<RecordFacts> Context::make_facts(CXCursor definition) {
  auto facts = std::make_unique<RecordFacts>();
  facts->definition = definition;
  facts->type = clang_getCanonicalType(clang_getCursorType(definition));
  facts->counts = sources_.in_project(clang_getCursorLocation(definition));
  facts->is_union = clang_getCursorKind(definition) == CXCursor_UnionDecl;
  facts->id = id_of(definition);
  facts->name = spelling(definition);
  const AggregateFacts shape = aggregate_facts(definition);
  facts->aggregate = !shape.constructor && !shape.hidden_field && !shape.is_virtual;
  clang::visit_bases(facts->type, [&](CXCursor base) {
    facts->bases.push_back(clang_getCanonicalType(clang_getCursorType(base)));
  });
  auto add_field = [&](CXCursor field) {
    std::string name = spelling(field);
    if (name.find('(') != std::string::npos) {
      name.clear();  // "X::(anonymous union at ...)"
    }
    facts->fields.push_back(
        {std::move(name), field, clang_getCanonicalType(clang_getCursorType(field))});
  };
  clang::visit_fields(facts->type, add_field);
  if (facts->fields.empty()) {  // the type of a class template has no definition of its own
    clang::visit_children(definition, [&](CXCursor child, CXCursor) {
      if (clang_getCursorKind(child) == CXCursor_FieldDecl) {
        add_field(child);
      }
      return CXChildVisit_Continue;
    });
  }
  return facts;
}

const RecordFacts* Context::record(CXCursor declaration) {
  if (!is_record_kind(clang_getCursorKind(declaration))) {
    return nullptr;
  }
  const CXCursor key = clang_getCanonicalCursor(declaration);
  const auto known = records_.find(key);
  if (known != records_.end() && known->second != nullptr) {
    return known->second.get();
  }
  const CXCursor definition = clang_getCursorDefinition(declaration);
  if (clang::is_null(definition) || !is_record_kind(clang_getCursorKind(definition))) {
    return nullptr;
  }
  return (records_[key] = make_facts(definition)).get();
}

const RecordFacts* Context::record(CXType type) {
  type = clang_getCanonicalType(type);
  while (true) {
    switch (type.kind) {
      case CXType_LValueReference:
      case CXType_RValueReference:
        type = clang_getCanonicalType(clang_getPointeeType(type));
        continue;
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
      case CXType_VariableArray:
        type = clang_getCanonicalType(clang_getArrayElementType(type));
        continue;
      case CXType_Record:
        return record(clang_getTypeDeclaration(type));
      default:
        return nullptr;
    }
  }
}

const RecordFacts* Context::pointee(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_Pointer) {
    return record(clang_getPointeeType(type));
  }
  if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
      type.kind == CXType_VariableArray) {
    return record(type);
  }
  return nullptr;
}

std::vector<const RecordFacts*> Context::counted(const RecordFacts& record_facts) {
  if (record_facts.counts) {
    return {&record_facts};
  }
  std::vector<const RecordFacts*> found;
  const int arguments = clang_Type_getNumTemplateArguments(record_facts.type);
  for (int i = 0; i < arguments; ++i) {
    const CXType argument =
        clang_Type_getTemplateArgumentAsType(record_facts.type, static_cast<unsigned>(i));
    if (const RecordFacts* inner = record(argument)) {
      for (const RecordFacts* one : counted(*inner)) {
        if (std::find(found.begin(), found.end(), one) == found.end()) {
          found.push_back(one);
        }
      }
    }
  }
  return found;
}

std::vector<const RecordFacts*> Context::known_records() const {
  std::vector<const RecordFacts*> found;
  for (const auto& [cursor, facts] : records_) {
    if (facts != nullptr && facts->counts && !facts->is_union && facts->fields.size() > 1) {
      found.push_back(facts.get());
    }
  }
  return found;
}

bool Context::same_or_derived(const RecordFacts& derived, const RecordFacts& base) {
  if (&derived == &base) {
    return true;
  }
  return std::any_of(derived.bases.begin(), derived.bases.end(), [&](CXType type) {
    const RecordFacts* direct = record(type);
    return direct != nullptr && same_or_derived(*direct, base);
  });
}

bool Context::starts_with(const RecordFacts& outer, CXType inner) {
  if (outer.fields.empty()) {
    return false;
  }
  const CXType first = outer.fields.front().type;
  if (clang_equalTypes(clang_getUnqualifiedType(first), clang_getUnqualifiedType(inner)) != 0) {
    return true;
  }
  const RecordFacts* nested = record(first);
  return nested != nullptr && starts_with(*nested, inner);
}

bool Context::destructor_runs(CXType type) {
  const RecordFacts* facts = clang_getCanonicalType(type).kind == CXType_LValueReference ||
                                     clang_getCanonicalType(type).kind == CXType_RValueReference
                                 ? nullptr
                                 : record(type);
  if (facts == nullptr) {
    return false;
  }
  const auto [known, is_new] = destructors_.try_emplace(facts->definition, false);
  if (!is_new) {
    return known->second;
  }
  bool runs = false;
  clang::visit_children(written(facts->definition), [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) == CXCursor_Destructor) {
      runs = clang_CXXMethod_isDefaulted(child) == 0 || clang_CXXMethod_isVirtual(child) != 0;
    }
    return runs ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  runs = runs || std::any_of(facts->bases.begin(), facts->bases.end(),
                             [&](CXType base) { return destructor_runs(base); });
  runs = runs || std::any_of(facts->fields.begin(), facts->fields.end(),
                             [&](const FieldFacts& f) { return destructor_runs(f.type); });
  return destructors_[facts->definition] = runs;
}

namespace {

/// Calls `see` for a function or variable; for those of a namespace or class, one by one.
void each_code_in(CXCursor declaration, const std::function<void(CXCursor)>& see) {
  switch (clang_getCursorKind(declaration)) {
    case CXCursor_Namespace:
    case CXCursor_LinkageSpec:
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
      for (const CXCursor child : children_of(declaration)) each_code_in(child, see);
      break;
    default:
      see(declaration);
  }
}

/// Calls `see` for every variable and field that is named in the code.
void each_named_variable(CXCursor code, const std::function<void(CXCursor)>& see) {
  for (const CXCursor child : children_of(code)) {
    const CXCursorKind kind = clang_getCursorKind(child);
    if (kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr) {
      const CXCursor named = clang_getCursorReferenced(child);
      const CXCursorKind what = clang_getCursorKind(named);
      if (what == CXCursor_VarDecl || what == CXCursor_FieldDecl) see(named);
    }
    each_named_variable(child, see);
  }
}

}  // namespace

const std::vector<CXCursor>& Context::code_that_names(CXCursor variable) const {
  if (!code_that_names_) {
    clang::CursorMap<std::vector<CXCursor>>& found = code_that_names_.emplace();
    for (const CXCursor part : children_of(clang_getTranslationUnitCursor(sources_.unit()))) {
      if (!sources_.in_project(clang_getCursorLocation(part))) continue;
      const auto note = [&](CXCursor code) {
        each_named_variable(code, [&](CXCursor named) {
          if (clang_getCursorKind(named) == CXCursor_VarDecl &&
              clang_getCursorLinkage(named) == CXLinkage_NoLinkage &&
              clang_Cursor_getStorageClass(named) != CX_SC_Static) {
            return;
          }
          std::vector<CXCursor>& all = found[named];
          if (all.empty() || clang_equalCursors(all.back(), code) == 0) all.push_back(code);
        });
      };
      each_code_in(part, note);
    }
  }
  return (*code_that_names_)[variable];
}

CXCursor Context::first_row(CXCursor table) {
  if (same_node(table, table_)) return first_row_;
  table_ = table;
  first_row_ = clang_getNullCursor();
  clang::visit_children(table, [&](CXCursor row, CXCursor) {
    first_row_ = row;
    return CXChildVisit_Break;
  });
  return first_row_;
}

void Context::add(const RecordFacts& record_facts, CXCursor at, Ancestors ancestors,
                  const UseFacts& facts) {
  for (const RecordFacts* one : counted(record_facts)) {
    add(one->id, at, ancestors, facts);
  }
  const bool bytes = facts.kind == UseKind::ByteCast || facts.kind == UseKind::MemoryCopy ||
                     facts.kind == UseKind::BytesIo;
  if (bytes && !facts.keeps_meaning && is_cxx_) {
    add_member_pointers_of(*this, record_facts, at, ancestors, 2);
  }
}

void Context::add(std::string record_id, CXCursor at, Ancestors ancestors, const UseFacts& facts) {
  Use use;
  use.kind = facts.kind;
  use.record_id = std::move(record_id);
  use.where = place_of(*this, at);
  use.function = function_around(at, ancestors);
  use.fields = facts.fields;
  use.detail = facts.detail;
  use.keeps_meaning = facts.keeps_meaning;
  use.asserted = facts.asserted;
  use.repeats = facts.repeats;
  use.items = facts.items;
  use.obstacle = facts.obstacle;
  uses_.push_back(std::move(use));
}

}  // namespace snug::uses
