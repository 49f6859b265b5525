#include "support/schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/files.hpp"

namespace snug::test {

std::string schema_error(const std::string& report) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  const auto schema_json = nlohmann::json::parse(
      read_file(std::string(SNUG_SOURCE_DIR) + "/tool/report/snug-report-1.schema.json"));
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(Adapter(schema_json), schema);

  const auto json = nlohmann::json::parse(report, nullptr, false);
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

}  // namespace snug::test
