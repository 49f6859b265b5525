#include "scan/proof/proof_answer.hpp"

#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace snug {
namespace {

using Json = nlohmann::json;

Json place(const SourceRange& where) {
  return Json::array({where.file, where.line, where.column, where.begin});
}

SourceRange place(const Json& json) {
  SourceRange where;
  where.file = json.at(0).get<std::string>();
  where.line = where.end_line = json.at(1).get<std::uint32_t>();
  where.column = where.end_column = json.at(2).get<std::uint32_t>();
  where.begin = where.end = json.at(3).get<std::uint64_t>();
  return where;
}

}  // namespace

// CBOR, because messages and paths need not be UTF-8.
std::string encode_answer(const ProofAnswer& answer) {
  Json json = {{"problem", answer.problem},
               {"unusable", answer.unusable},
               {"original", answer.original_diagnostics},
               {"parses", answer.parses},
               {"diagnostics", Json::array()},
               {"sizes", Json::array()}};
  for (const auto& d : answer.new_diagnostics) {
    Json notes = Json::array();
    for (const auto& note : d.notes) notes.push_back(place(note));
    json["diagnostics"].push_back(
        Json::array({d.message, place(d.where), d.error, d.record_ids, notes}));
  }
  for (const auto& size : answer.sizes) {
    json["sizes"].push_back(Json::array({size.record_id, size.record, size.before, size.after}));
  }
  std::string bytes;
  Json::to_cbor(json, bytes);
  return bytes;
}

ProofAnswer decode_answer(std::string_view bytes) try {
  const auto json = Json::from_cbor(bytes.begin(), bytes.end());
  ProofAnswer answer;
  answer.problem = json.at("problem").get<std::string>();
  answer.unusable = json.at("unusable").get<std::string>();
  answer.original_diagnostics = json.at("original").get<std::uint64_t>();
  answer.parses = json.at("parses").get<std::uint32_t>();
  for (const auto& d : json.at("diagnostics")) {
    answer.new_diagnostics.push_back({d.at(0).get<std::string>(), place(d.at(1)),
                                      d.at(2).get<bool>(),
                                      d.at(3).get<std::vector<std::string>>()});
    for (const auto& note : d.at(4)) answer.new_diagnostics.back().notes.push_back(place(note));
  }
  for (const auto& size : json.at("sizes")) {
    answer.sizes.push_back({size.at(0).get<std::string>(), size.at(1).get<std::string>(),
                            size.at(2).get<std::uint64_t>(), size.at(3).get<std::uint64_t>()});
  }
  return answer;
} catch (const Json::exception& error) {
  throw Error(std::string("a worker's answer cannot be read: ") + error.what());
}

}  // namespace snug
