#include "support/schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/files.hpp"

namespace snug::test {
namespace {

std::string error_against(const std::string& schema_file, valijson::SchemaParser::Version version,
                          const std::string& text_to_check) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  const auto schema_json =
      nlohmann::json::parse(read_file(std::string(SNUG_SOURCE_DIR) + "/" + schema_file));
  valijson::Schema schema;
  valijson::SchemaParser(version).populateSchema(Adapter(schema_json), schema);

  const auto json = nlohmann::json::parse(text_to_check, nullptr, false);
  if (json.is_discarded()) {
    return "not JSON";
  }
  valijson::ValidationResults results;
  if (valijson::Validator().validate(schema, Adapter(json), &results)) {
    return "";
  }
  std::string text;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) {
      text += step;
    }
    text += ": " + error.description + "\n";
  }
  return text;
}

}  // namespace

std::string schema_error(const std::string& report) {
  return error_against("tool/report/snug-report-1.schema.json",
                       valijson::SchemaParser::Version::kDraft7, report);
}

std::string diff_schema_error(const std::string& diff) {
  return error_against("tool/report/snug-diff-1.schema.json",
                       valijson::SchemaParser::Version::kDraft7, diff);
}

std::string sarif_error(const std::string& log) {
  return error_against("tests/report/schemas/sarif-2.1.0-rtm.5.json",
                       valijson::SchemaParser::Version::kDraft4, log);
}

std::string gitlab_error(const std::string& report) {
  return error_against("tests/report/schemas/gitlab.schema.json",
                       valijson::SchemaParser::Version::kDraft7, report);
}

std::string rdjson_error(const std::string& report) {
  return error_against("tests/report/schemas/rdjson.schema.json",
                       valijson::SchemaParser::Version::kDraft7, report);
}

}  // namespace snug::test
