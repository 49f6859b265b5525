#include "model/use.hpp"

#include <array>

namespace snug {

namespace {

struct KindText {
  UseKind kind;
  std::string_view name;
  std::string_view reason;
};

constexpr std::array<KindText, 27> kKinds{{
    {UseKind::PositionalInit, "positional-init",
     "values in braces fill the fields in declaration order"},
    {UseKind::ParenInit, "paren-init",
     "values in parentheses fill the fields of an aggregate in declaration order"},
    {UseKind::EmplaceAggregate, "emplace-aggregate",
     "the arguments fill the fields of the aggregate in declaration order"},
    {UseKind::StructuredBinding, "structured-binding",
     "the names are bound to the fields in declaration order"},
    {UseKind::DesignatedInit, "designated-init",
     "C++ wants designators in the order of the fields"},
    {UseKind::InitReadsMember, "init-reads-member",
     "fields are initialised in declaration order, and this initialiser needs another one"},
    {UseKind::DestructionOrder, "destruction-order",
     "fields are destroyed in reverse declaration order, and this one can still use another"},
    {UseKind::OffsetOf, "offset-of", "the offset of a field is computed"},
    {UseKind::AssertedOffset, "asserted-offset", "the offset of a field is pinned to a value"},
    {UseKind::SizeArithmetic, "size-arithmetic", "the size of the record enters a computation"},
    {UseKind::AssertedSize, "asserted-size", "the size of the record is pinned to a value"},
    {UseKind::MemoryCopy, "memory-copy", "the bytes of the object are copied or compared"},
    {UseKind::BytesIo, "bytes-io", "the object enters or leaves the program as raw bytes"},
    {UseKind::ByteCast, "byte-cast", "the object is read or written through another type"},
    {UseKind::UnionMember, "union-member", "the other members of the union share its bytes"},
    {UseKind::ExternC, "extern-c", "code in other languages and binaries may know the layout"},
    {UseKind::DefaultedComparison, "defaulted-comparison",
     "a defaulted ordering compares the fields in declaration order"},
    {UseKind::FirstMember, "first-member",
     "a pointer to the record is taken for a pointer to its first field, or back"},
    {UseKind::Exported, "exported", "binaries that link with this one may know the layout"},
    {UseKind::FieldRun, "field-run", "a pointer to a field goes on to the fields behind it"},
    {UseKind::FieldBorder, "field-border",
     "a range of fields begins or ends at the offset or the address of this one"},
    {UseKind::CommonPrefix, "common-prefix",
     "pointers to two records that begin alike are taken for each other"},
    {UseKind::Uncompiled, "uncompiled",
     "code that was not compiled fills the fields in declaration order"},
    {UseKind::OtherDefinition, "other-definition",
     "another configuration defines the type differently and fills it with the same lists"},
    {UseKind::Symbol, "symbol", "units declare one symbol with types of their own"},
    {UseKind::Untyped, "untyped", "a pointer to the record loses its type on the way"},
    {UseKind::HeapChoice, "heap-choice", "the size decides whether the heap is asked"},
}};

const KindText& text_of(UseKind kind) {
  return kKinds.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view to_string(UseKind kind) {
  return text_of(kind).name;
}

std::string_view explain(UseKind kind) {
  return text_of(kind).reason;
}

}  // namespace snug
