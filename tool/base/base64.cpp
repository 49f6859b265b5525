#include "base/base64.hpp"

#include <sodium.h>

#include <vector>

namespace snug {

std::string base64(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::vector<char> text(sodium_base64_ENCODED_LEN(bytes.size(), variant));
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  return text.data();
}

}  // namespace snug
