#include "report/formats/formats.hpp"

#include <algorithm>
#include <array>

namespace snug {
namespace {

/// A writer that knows no style.
template <void (*Write)(const Report&, std::ostream&)>
void plainly(const Report& report, const TextStyle& /*style*/, std::ostream& out) {
  Write(report, out);
}

constexpr std::array<FormatSpec, 11> table = {{
    {"text", "as compilers print", write_text, Format::Text},
    {"concise", "one line for each finding", write_concise, Format::Concise},
    {"json", "snug-report/1", plainly<write_json>, Format::Json, false, true},
    {"sarif", "2.1.0, for code scanning", plainly<write_sarif>, Format::Sarif},
    {"github", "annotations, as workflow commands", plainly<write_github>, Format::Github, true},
    {"gitlab", "a code quality report", plainly<write_gitlab>, Format::Gitlab},
    {"junit", "XML that shows findings as failed tests", plainly<write_junit>, Format::Junit},
    {"checkstyle", "XML that many review tools read", plainly<write_checkstyle>,
     Format::Checkstyle},
    {"rdjson", "for reviewdog, with suggested edits", plainly<write_rdjson>, Format::Rdjson},
    {"markdown", "a summary for a job or a comment", plainly<write_markdown>, Format::Markdown},
    {"html", "a page with drawings that needs nothing else", plainly<write_html>, Format::Html,
     false, true},
}};

}  // namespace

std::span<const FormatSpec> report_formats() {
  return table;
}

const FormatSpec& format_spec(Format format) {
  return *std::find_if(table.begin(), table.end(),
                       [&](const FormatSpec& spec) { return spec.format == format; });
}

}  // namespace snug
