#include "model/evidence.hpp"

namespace snug {

std::string_view to_string(AccessKind kind) {
  switch (kind) {
    case AccessKind::Read:
      return "read";
    case AccessKind::Write:
      return "write";
    case AccessKind::ReadWrite:
      return "read and write";
    case AccessKind::Address:
      return "address taken";
  }
  return "unknown";
}

std::string to_string(const Root& root) {
  // Roots of another function bear its id; people want to see that it is another one.
  const std::string other = root.id.empty() ? "" : "^";
  const std::string number = std::to_string(root.number);
  switch (root.kind) {
    case RootKind::Unknown:
      return "?";
    case RootKind::This:
      return "this";
    case RootKind::Parameter:
      return other + "$" + number;
    case RootKind::Local:
      return other + "%" + number;
    case RootKind::Global:
      return "::" + root.id.substr(root.id.rfind('@') + 1);
    case RootKind::Result:
      return "call " + number;
    case RootKind::Heap:
      return "new";
    case RootKind::Constant:
      return number;
    case RootKind::Member:
      return "this." + root.id;
    case RootKind::LoopVariable:
      return other + "loop " + number;
    case RootKind::ThreadNumber:
      return "thread";
    case RootKind::Ticket:
      return other + "ticket";
    case RootKind::Function:
      return "function";
  }
  return "?";
}

std::string to_string(const Path& path) {
  std::string text = to_string(path.root);
  for (const Step& step : path.steps) {
    const std::string stride = step.stride == 1 ? "" : "*" + std::to_string(step.stride);
    switch (step.kind) {
      case StepKind::Field:
        text += "." + step.field;
        break;
      case StepKind::Element:
        text += "[" + to_string(step.index) + stride + "]";
        break;
      case StepKind::Item:
        text += "{" + to_string(step.index) + stride + "}";
        break;
      case StepKind::Pointed:
        text += "->";
        break;
    }
  }
  return text;
}

SourceRange range_of(const Function& function, const Spot& spot) {
  SourceRange range;
  range.file = function.where.file;
  range.line = spot.line;
  range.column = spot.column;
  range.end_line = spot.line;
  range.end_column = spot.column + 1;
  range.begin = spot.offset;
  range.end = spot.offset + 1;
  return range;
}

}  // namespace snug
