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
    {Format::Text, "text", "as compilers print", write_text},
    {Format::Concise, "concise", "one line for each finding", write_concise},
    {Format::Json, "json", "snug-report/1", plainly<write_json>, false, true},
    {Format::Sarif, "sarif", "2.1.0, for code scanning", plainly<write_sarif>},
    {Format::Github, "github", "annotations, as workflow commands", plainly<write_github>, true},
    {Format::Gitlab, "gitlab", "a code quality report", plainly<write_gitlab>},
    {Format::Junit, "junit", "XML that shows findings as failed tests", plainly<write_junit>},
    {Format::Checkstyle, "checkstyle", "XML that many review tools read",
     plainly<write_checkstyle>},
    {Format::Rdjson, "rdjson", "for reviewdog, with suggested edits", plainly<write_rdjson>},
    {Format::Markdown, "markdown", "a summary for a job or a comment", plainly<write_markdown>},
    {Format::Html, "html", "a page with drawings that needs nothing else", plainly<write_html>,
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
