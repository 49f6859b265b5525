// A model as bytes: what workers send to their parent and what `snug scan -o PART.snug` writes.
//
// Numbers are variable-length (LEB128), every distinct string is stored once, a checksum ends the
// file. The form is versioned; a file of another version is refused, never guessed at. Equal models
// give equal bytes.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/model.hpp"

namespace snug {

/// What is stored, or read, in place of a text. Different texts stay different.
using TextChange = std::function<std::string(std::string)>;

/// `change`: may be empty.
[[nodiscard]] std::string to_bytes(const Model& model, const TextChange& change = {});

/// The model that to_bytes was given; with changed texts it may be out of order until it is merged.
/// `name` says in errors what was read (a path). Throws Error
/// for anything else, truncated and damaged bytes included; takes no more memory than a small
/// multiple of the size of `bytes`.
[[nodiscard]] Model model_from_bytes(std::string_view bytes, const std::string& name,
                                     const TextChange& change = {});

/// True if the bytes begin like a model file of any version.
[[nodiscard]] bool is_model_file(std::string_view bytes);

}  // namespace snug
