// Comments that speak of the order of fields, and those that only seem to.
#include "analysis/orders/order_comments.hpp"
#include "analysis/orders/order_phrases.hpp"

#include <catch2/catch.hpp>

#include "support/record_source.hpp"

namespace snug::test {

TEST_CASE("comments that speak of the order") {
  for (const auto* comment : {
           "// do not move",
           "/* Do NOT reorder these fields! */",
           "// don't re-order",
           "// must be first",
           "/* This must come last */",
           "// has to be the first member",
           "// needs to stay at the end",
           "// keep this first",
           "// keep these together",
           "// keep in sync with foo.S",
           "/* from here on all is cleared */",
           "// up to here",
           "// everything below is zeroed by reset()",
           "// fields above are copied",
           "// The order matters.",
           "// the order of the fields is significant",
           "// must be declared before pool_",
           "// destroyed last",
           "// declaration order",
           "// memory layout is fixed",
           "// layout must match the kernel",
           "// ABI",
           "// part of the ABI",
           "/* mirrors struct kernel_stat */",
           "// matches struct x in the driver",
           "// on its own cache line",
           "// wire format",
           "// cleared with memset",
           "// used from assembly",
           "/* new fields go at the end */",
           "// add new members only here",
           "// hot fields",
           "// in this order",
           "// must not be moved",
           "/*\n * The following fields must\n * remain adjacent.\n */",
           "// must immediately follow hdr",
           "// initialised before the socket",
           "// everything after this point is private",
           "// offset 8",
           "// Byte 0: kind; bytes 8-15: value.",
           "// DMA descriptor, as the device reads it",
           "// POD, memcpy'd to disk",
           "// On the wire.",
           "// Serialised as is by the loader",
           "// sent over the network as raw bytes",
           "// Uploaded to the GPU as a uniform block",
           "// Hardware register block.",
           "// accessed from Python",
           "// written to disk as one block",
       }) {
    INFO(comment);
    CHECK(speaks_of_order(comment));
  }
}

TEST_CASE("comments that say the order is of no concern do not count") {
  for (const auto* comment : {
           "// The usual checked downcast: to a class that derives from it, whatever the order of "
           "the fields.",
           "// any order",
           "// in any order",
           "// the fields may come in any order",
           "// order does not matter",
           "// The order of the fields does not matter.",
           "// the order doesn't matter here",
           "// field order isn't significant",
           "// the order in which the fields stand is not important",
           "// regardless of the order of the members",
           "// regardless of order",
           "// irrespective of the declaration order",
           "// independent of the memory layout",
           "// order is irrelevant",
           "// The order of these members is arbitrary.",
           "// declaration order is unspecified",
           "// in no particular order",
           "// no specific order",
           "// nothing depends on the order of these fields",
           "// does not depend on field order",
           "// code must not rely on the memory layout",
           "// we don't care about the order of fields",
           "// can be reordered freely",
           "// Fields may be freely reordered.",
           "// free to rearrange",
           "// safe to reorder these",
           "// layout independent",
           "// there are no layout requirements",
       }) {
    INFO(comment);
    CHECK_FALSE(speaks_of_order(comment));
  }
  for (const auto* comment : {
           "// must not be in any order but this",
           "// these cannot be reordered",
           "// it is not safe to reorder these",
           "// unsafe to reorder",
           "// order does not matter, but keep in sync with foo.S",
           "// In any order. The last field must stay at the end.",
           "// the order of fields matters, the order of functions does not matter",
           "// may not be reordered",
       }) {
    INFO(comment);
    CHECK(speaks_of_order(comment));
  }
}

TEST_CASE("comments that speak of something else") {
  for (const auto* comment : {
           "// the name",
           "// sort order, ascending",
           "// order id",
           "/* number of orders */",
           "// moved on click",
           "// last error",
           "// first byte of the buffer",
           "// must be positive",
           "// time of the last update",
           "// must not be null",
           "// keep alive in seconds",
           "// file format version",
           "// size on disk",
           "// offset in the file",
           "// do not use",
           "// below zero is off",
           "// rarely used",
           "// initialized once",
           "// position of the caret",
           "// reset from the menu",
           "/* copied from the request */",
           "// must be freed by the caller",
           "// start of the range",
           "// snug: ignore(padding): layout must stay",
           "// here be dragons",
       }) {
    INFO(comment);
    CHECK_FALSE(speaks_of_order(comment));
  }
}

TEST_CASE("comments are quoted with their place") {
  const std::string text =
      "int before;  // must be first\n"
      "// Shared with the driver:\n"
      "// do not reorder.\n"
      "struct S {\n"
      "  int a;  // must be first\n"
      "  int b;\n"
      "  void f() { /* keep this order */ }\n"
      "  /* from here on\n"
      "   * all is cleared */\n"
      "  int c;\n"
      "};\n";
  const auto edit = edit_of(make_record(text, {"a", "b", "c"}), {"a", "c", "b"});
  CHECK(edit.cautions ==
        std::vector<std::string>{
            "s.hpp:2: the comment says \"Shared with the driver: do not reorder.\"",
            "s.hpp:5: the comment says \"must be first\"",
            "s.hpp:8: the comment says \"from here on all is cleared\""});
  CHECK(quoted_comment("/// " + std::string(100, 'x')).size() < 84);
}

TEST_CASE("numbers that are the offsets of their fields are a table of the layout") {
  const auto cautions = [](const std::string& marks) {
    std::string text = "struct S {\n  int a;  // #\n  int b;  // #\n  int c;  // #\n};\n";
    std::size_t from = 0;
    for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at)) {
      const std::size_t end = std::min(marks.find(' ', from), marks.size());
      text.replace(at, 1, marks.substr(from, end - from));
      from = end + 1;
    }
    RecordSource source = make_record(text, {"a", "b", "c"});
    for (std::size_t i = 0; i < 3; ++i) source.record.slots[i].extent = {i * 32, 32};
    return edit_of(source, {"a", "c", "b"}).cautions.size();
  };
  CHECK(cautions("0 4 8") == 1);
  CHECK(cautions("0x00 0x04 0x08") == 1);
  CHECK(cautions("+0 +4 +8") == 1);
  CHECK(cautions("0..3 4..7 8..11") == 1);
  CHECK(cautions("one 4 8") == 1);
  CHECK(cautions("0 1 2") == 0);
  CHECK(cautions("4 4 4") == 0);
  CHECK(cautions("0 none 9") == 0);
  CHECK(
      edit_of(make_record("struct S {\n  int a;\n  int b;\n};  // memcpy'd to disk\n", {"a", "b"}),
              {"b", "a"})
          .cautions.size() == 1);
}

}  // namespace snug::test
