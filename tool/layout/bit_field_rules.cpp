#include "layout/bit_field_rules.hpp"

#include <string_view>

namespace snug {

namespace {

bool names_apple(std::string_view target) {
  return target.find("-apple-") != std::string_view::npos;
}

}  // namespace

BitFieldRules bit_field_rules(const Abi& abi) {
  const std::string_view target = abi.target;
  BitFieldRules rules;
  const bool apple = names_apple(target);
  const bool i386 = target.size() > 3 && target[0] == 'i' && target.substr(2, 2) == "86";
  if (i386 && !abi.microsoft) rules.align_of_64 = 32;
  if (target.starts_with("aarch64") || target.starts_with("arm64")) {
    const bool ilp32 = target.starts_with("aarch64_32") || target.starts_with("arm64_32");
    rules.zero_width_alignment = !apple || ilp32;
    rules.widest_container = 128;
    if (apple && ilp32) {
      rules.type_alignment = false;
      rules.zero_width_boundary = 32;
    }
    return rules;
  }
  if (target.starts_with("arm") || target.starts_with("thumb")) {
    rules.zero_width_alignment = true;
    const bool watch = target.find("watchos") != std::string_view::npos;
    if (apple && !watch && !target.starts_with("armv7k")) {
      rules.type_alignment = false;
      rules.zero_width_boundary = 32;
    }
  }
  return rules;
}

}  // namespace snug
