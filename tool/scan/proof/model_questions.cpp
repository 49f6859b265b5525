#include "scan/proof/model_questions.hpp"

#include <utility>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"

namespace snug {
namespace {

/// What a question begins with.
constexpr char by_id = 'i';
constexpr char by_place = 'p';
constexpr char by_template = 't';

template <class Map, class Key>
std::span<const Record* const> records_of(const Map& map, const Key& key) {
  const auto found = map.find(key);
  if (found == map.end()) return {};
  return found->second;
}

/// Ids are long, and most of those that are asked for are of libraries.
std::string id_question(std::string_view id) {
  return by_id + digest_of(id);
}

std::string place_question(const std::string& file, std::uint64_t offset) {
  Packer question;
  question.number(offset);
  return by_place + question.bytes() + file;
}

std::string template_question(const std::string& id) {
  return by_template + id;
}

std::optional<std::uint64_t> size_in(const Model& model, const Record& record, std::uint32_t unit) {
  const Record* const own = model.find_in_unit(record.id, unit);
  return own == nullptr ? std::nullopt : std::optional(own->size);
}

/// Everything that a proof uses of a record.
void put_record(Packer& out, const Record& record, const Model& model, std::uint32_t unit) {
  out.text(record.id);
  out.text(record.name);
  const auto size = size_in(model, record, unit);
  out.number((record.reported ? 1U : 0U) | (size ? 2U : 0U));
  out.number(size.value_or(0));
}

/// The records that answer a question.
std::vector<const Record*> told_to(std::string_view question, const RecordIndex& records) {
  const auto all = [](std::span<const Record* const> found) {
    return std::vector<const Record*>(found.begin(), found.end());
  };
  if (question.empty()) throw Error("a question has no kind");
  const std::string_view rest = question.substr(1);
  switch (question.front()) {
    case by_id: {
      const Record* const record = records.with_digest(rest);
      return record == nullptr ? std::vector<const Record*>() : std::vector{record};
    }
    case by_place: {
      const std::uint64_t offset = Unpacker(rest).number();
      return all(records.at_place(std::string(rest.substr(8)), offset));
    }
    case by_template:
      return all(records.of_template(std::string(rest)));
    default:
      throw Error("a question is of no known kind");
  }
}

/// All that was said to one question.
std::string answer_to(std::span<const Record* const> told, const Model& model, std::uint32_t unit) {
  Packer answer;
  answer.number(told.size());
  for (const Record* record : told) put_record(answer, *record, model, unit);
  return answer.bytes();
}

}  // namespace

RecordIndex::RecordIndex(const Model& model) : model_(model) {
  for (const Record& record : model.records) {
    by_place_[{record.where.file, record.where.begin}].push_back(&record);
    if (!record.template_id.empty()) by_template_[record.template_id].push_back(&record);
  }
}

std::span<const Record* const> RecordIndex::at_place(const std::string& file,
                                                     std::uint64_t offset) const {
  return records_of(by_place_, std::pair(file, offset));
}

std::span<const Record* const> RecordIndex::of_template(const std::string& id) const {
  return records_of(by_template_, id);
}

const Record* RecordIndex::with_digest(std::string_view digest) const {
  if (by_digest_.empty()) {
    for (const Record& record : model_.records) by_digest_.emplace(digest_of(record.id), &record);
  }
  const auto found = by_digest_.find(std::string(digest));
  return found == by_digest_.end() ? nullptr : found->second;
}

const Record* ModelQuestions::find(const std::string& id) {
  const Record* const record = records_.model().find(id);
  note(id_question(id), std::span(&record, record == nullptr ? 0 : 1));
  return record;
}

std::span<const Record* const> ModelQuestions::at_place(const std::string& file,
                                                        std::uint64_t offset) {
  const auto told = records_.at_place(file, offset);
  note(place_question(file, offset), told);
  return told;
}

std::span<const Record* const> ModelQuestions::of_template(const std::string& id) {
  const auto told = records_.of_template(id);
  note(template_question(id), told);
  return told;
}

std::optional<std::uint64_t> ModelQuestions::size_in_unit(const Record& record) const {
  return size_in(records_.model(), record, unit_);
}

void ModelQuestions::note(std::string question, std::span<const Record* const> told) {
  const auto [at, fresh] = asked_.try_emplace(std::move(question));
  if (fresh) at->second = answer_to(told, records_.model(), unit_);
}

std::string ModelQuestions::bytes() const {
  Packer out;
  std::string said;
  out.number(asked_.size());
  for (const auto& [question, answer] : asked_) {
    out.text(question);
    said += answer;
  }
  out.text(digest_of(said));
  return out.bytes();
}

bool says_the_same(std::string_view questions, const RecordIndex& records, std::uint32_t unit) {
  Unpacker in(questions);
  std::string said;
  for (const std::string& question : in.texts()) {
    said += answer_to(told_to(question, records), records.model(), unit);
  }
  return in.text() == digest_of(said) && in.done();
}

}  // namespace snug
