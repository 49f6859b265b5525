// What a result was made from: compared with what is there now, and as bytes.
#include "base/error.hpp"
#include "base/packed.hpp"
#include "scan/parse/unit_inputs.hpp"

namespace snug {

bool is_unchanged(const UnitInputs& inputs, InputState& state) {
  if (inputs.files.empty() || !inputs.refusal.empty()) return false;
  std::vector<std::string> paths;
  for (const InputFile& file : inputs.files) {
    if (state.digest(file.path) != file.digest || state.real_path(file.path) != file.real) {
      return false;
    }
    paths.push_back(file.path);
  }
  return state.presence(paths, inputs.folders, inputs.lookups) == inputs.presence;
}

std::string inputs_bytes(const UnitInputs& inputs) {
  Packer out;
  out.number(inputs.files.size());
  for (const auto& [path, digest, real] : inputs.files) {
    out.text(path);
    out.text(digest);
    out.text(real == path ? std::string() : real);
  }
  out.texts(inputs.folders);
  out.number(inputs.lookups.size());
  std::string before;
  for (const auto& [folder, name] : inputs.lookups) {
    out.text(folder == before ? std::string() : folder);
    out.text(name);
    before = folder;
  }
  out.text(inputs.presence);
  out.text(inputs.refusal);
  return out.bytes();
}

UnitInputs inputs_from_bytes(std::string_view bytes) {
  Unpacker in(bytes);
  UnitInputs inputs;
  for (std::uint64_t count = in.number(); count != 0; --count) {
    InputFile file;
    file.path = in.text();
    file.digest = in.text();
    file.real = in.text();
    if (file.real.empty()) file.real = file.path;
    inputs.files.push_back(std::move(file));
  }
  inputs.folders = in.texts();
  for (std::uint64_t count = in.number(); count != 0; --count) {
    Lookup lookup;
    lookup.folder = in.text();
    if (lookup.folder.empty() && !inputs.lookups.empty()) {
      lookup.folder = inputs.lookups.back().folder;
    }
    lookup.name = in.text();
    inputs.lookups.push_back(std::move(lookup));
  }
  inputs.presence = in.text();
  inputs.refusal = in.text();
  if (!in.done()) throw Error("there are more bytes than there should be");
  return inputs;
}

}  // namespace snug
