// Marks in the source that say nothing: misspelt, without a reason, at the wrong place.
#include "analysis/check.hpp"

namespace snug::checks {

namespace {

void run_source_mark(Pass& pass) {
  for (const BadMark& mark : pass.model.rules.bad_marks) {
    Finding finding;
    finding.where = mark.where;
    finding.message = mark.message;
    finding.subject = mark.message;
    pass.report(std::move(finding));
  }
}

constexpr std::string_view source_mark_doc =
    R"(A mark is a comment by which the source says what is wanted:

  // snug: ignore(padding): sorted for the reader, there are three of them
  // snug: max-size(64)          the size of the record, bytes
  // snug: max-padding(0)        its holes and tail padding, bytes
  // snug: frozen                its layout is an interface (frozen: why)
  // snug: group(producer)       these fields stay together on a cache line

A mark is the beginning of a comment, or of a line of a block comment. It belongs to the declaration
on its own line; if nothing but comments stands on that line, to the declaration that follows. Marks
of one comment are separated by commas; a colon begins the reason, which reaches to the end of the
line. 'ignore' takes several checks.

'ignore' silences the findings of the checks that it names: those that stand on the lines of the
declaration up to its brace or semicolon and, if it declares a record, those about that record. A
reason is required: the next reader has to know why. 'max-size' and 'max-padding' are budgets (see
budget). 'frozen' says that other programs or stored bytes know the layout: nothing is suggested
that changes it, and a layout that differs from the baseline is a finding. 'group' goes to fields;
an order that would take the fields of a group apart is never suggested.

Reported: marks that do not exist, with the one that was probably meant, marks without their reason
or number, checks that do not exist, and marks that belong to nothing. An 'ignore' that silences
nothing is reported as a note, if the checks that it names were run over the whole project.

Not reported: marks at code that was not read, such as a template that nobody uses or a record under
#if, and sentences that happen to begin with "snug:".)";

}  // namespace

extern const Check source_mark;
const Check source_mark = {"source-mark",
                           "marks in the source that are wrong or have no effect",
                           source_mark_doc,
                           {},
                           run_source_mark};

}  // namespace snug::checks
