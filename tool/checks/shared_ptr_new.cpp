// shared_ptr<T>(new T): two allocations where make_shared needs one.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array shared_ptr_new_options = {
    CheckOption{"weak-bytes", 256,
                "size of an object, in bytes, from which on weak pointers to it make the check "
                "silent"}};

const OwningField* weak_field(const OwnerNew& made, const Model& model) {
  const std::vector<OwningField>& fields = model.ownership.fields;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const OwningField& field) {
    return field.type.strength == Strength::Weak && !made.made_id.empty() &&
           (field.type.pointee_id == made.made_id || field.type.pointee_id == made.type.pointee_id);
  });
  return found == fields.end() ? nullptr : &*found;
}

/// True if make_shared can take the place of the new-expression at all.
bool can_be_made(const OwnerNew& made, const Model& model) {
  if (made.array || made.placement || made.class_new || made.not_forwardable ||
      made.initializer_list || made.from_macro || made.size == 0) {
    return false;
  }
  return !made.aggregate || all_cxx20(made.units, model);
}

std::string form_text(const OwnerNew& made) {
  const std::string arguments = made.arguments.begin == made.arguments.end ? "" : "(...)";
  switch (made.form) {
    case OwnerNewForm::Construct:
    case OwnerNewForm::Variable:
      return fmt::format("{}(new {}{})", owner_text(made.type), made.made, arguments);
    case OwnerNewForm::Reset:
      return fmt::format("reset(new {}{})", made.made, arguments);
  }
  return {};
}

/// The replacement, if the text is as it was when it was read.
std::optional<TextEdit> edit_of(const OwnerNew& made, const Files& files) {
  const std::optional<std::string> text = files.read(made.where.file);
  const bool empty = made.arguments.begin == made.arguments.end;
  if (!text || made.arguments.end > text->size() || made.reset.begin > text->size()) {
    return std::nullopt;
  }
  const std::string arguments =
      empty ? std::string()
            : text->substr(made.arguments.begin, made.arguments.end - made.arguments.begin);
  TextEdit edit;
  edit.file = made.where.file;
  edit.text = fmt::format("{}<{}>({})", maker_of(made.type.family), made.made, arguments);
  const SourceRange& place = made.form == OwnerNewForm::Reset ? made.reset
                             : made.form == OwnerNewForm::Construct && made.same_type
                                 ? made.where
                                 : made.expression;
  if (made.form == OwnerNewForm::Reset) {
    if (text->substr(made.reset.begin, 1) != ".") return std::nullopt;
    edit.text.insert(0, " = ");
  }
  edit.begin = place.begin;
  edit.end = place.end;
  return edit;
}

void add_fix(Pass& pass, const OwnerNew& made, const OwningField* weak, Finding& finding) {
  const std::optional<TextEdit> edit = edit_of(made, pass.files);
  if (!edit) return;
  SuggestedFix fix;
  fix.title = fmt::format("Make the '{}' with {}", made.made, maker_of(made.type.family));
  fix.edits = {*edit};
  fix.promise.units = made.units;
  fix.safety = Safety::Safe;
  if (weak != nullptr) {
    fix.safety = Safety::Review;
    fix.reasons.push_back(
        fmt::format("'{}::{}' is a weak pointer: it would keep the memory of the object, {}, until "
                    "it goes too",
                    weak->record, weak->field, bytes_text(made.size)));
  }
  finding.needs_proof = true;
  finding.fixes.push_back(std::move(fix));
}

void look_at(Pass& pass, const OwnerNew& made) {
  if (!can_be_made(made, pass.model)) return;
  const OwningField* weak = weak_field(made, pass.model);
  if (weak != nullptr && made.size >= pass.option("weak-bytes")) return;
  Finding finding;
  finding.where = made.where;
  finding.record_id = made.made_id;
  finding.subject = subject_at(made.function, form_text(made), made.where);
  finding.message = fmt::format(
      "'{}' allocates twice: {} for the object, and a separate control block; {} allocates "
      "both at once",
      form_text(made), bytes_text(made.size), maker_of(made.type.family));
  if (made.in_loop) {
    finding.evidence.push_back({"loop", "it is in a loop", made.expression});
  }
  add_fix(pass, made, weak, finding);
  pass.report(std::move(finding));
}

void run_shared_ptr_new(Pass& pass) {
  for (const OwnerNew& made : pass.model.ownership.news) look_at(pass, made);
}

}  // namespace

extern const Check shared_ptr_new;
const Check shared_ptr_new = {
    .id = "shared-ptr-new",
    .summary = "a shared_ptr made from new: two allocations",
    .doc =
        "`std::shared_ptr<T>(new T(...))` allocates the object, and then a control block with the "
        "counts, the deleter and a pointer back. `std::make_shared<T>(...)` puts both into one "
        "block: one allocation and one release less, and the counts are beside the object that "
        "is used with them. It also cannot leak where an exception comes between the two.\n\n"
        "Reported are constructions, initialisations and `reset(new T(...))`, with parentheses or "
        "braces. Silent are custom deleters and allocators, arrays, placement new, classes with an "
        "operator new of their own, constructors that make_shared cannot call (private, "
        "protected), "
        "braces that mean an initializer_list, and aggregates before C++20.\n\n"
        "Ignore it where weak pointers outlive large objects: with make_shared the memory of the "
        "object is given back only when the last weak pointer goes. If a field of the program is a "
        "weak pointer to the type, the fix is 'review', and objects of 'weak-bytes' and more are "
        "not reported. Silent, too, are objects of 256 bytes and more that `new T` leaves "
        "uninitialised: make_shared<T>() would clear them.\n\n"
        "The fix is the call of make_shared, proven by the compiler. With snug::rc the counts take "
        "8 bytes in front of the object: snug::make_rc<T>(...).\n",
    .options = shared_ptr_new_options,
    .run = run_shared_ptr_new,
    .needs_bodies = true,
};

}  // namespace snug::checks
