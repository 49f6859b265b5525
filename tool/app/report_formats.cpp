#include "app/report_formats.hpp"

namespace snug {

void write_report(const Report& report, Format format, bool color, std::ostream& out) {
  switch (format) {
    case Format::Text:
      return write_text(report, color, out);
    case Format::Json:
      return write_json(report, out);
    case Format::Sarif:
      return write_sarif(report, out);
    case Format::Github:
      return write_github(report, out);
    case Format::Markdown:
      return write_markdown(report, out);
    case Format::Html:
      return write_html(report, out);
  }
}

}  // namespace snug
