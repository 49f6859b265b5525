// The file: magic, version, the facts, the model as model_file.hpp stores it, the origins, 16 bytes
// of checksum over everything before.
#include "scan/parts/part_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"
#include "base/portable_text.hpp"
#include "model/facts/tables.hpp"
#include "model/merge.hpp"
#include "scan/command/driver.hpp"
#include "scan/parts/model_file.hpp"

namespace snug {
namespace {

constexpr std::string_view part_magic = "snug-part\n";
constexpr std::uint64_t part_version = 1;
constexpr std::size_t digest_size = 16;
constexpr char root_letter = 'r', headers_letter = 'h';

std::vector<PortableFolder> places_of(const std::string& root) {
  std::vector<PortableFolder> places = {{headers_letter, resource_directory()}};
  if (root.size() > 1) places.push_back({root_letter, root});
  return places;
}

/// A list of unit numbers as text: most are below 128 and take one byte.
std::string number_bytes(const std::vector<std::uint32_t>& numbers) {
  std::string bytes;
  for (std::uint32_t number : numbers) {
    for (; number >= 0x80; number >>= 7U) bytes += static_cast<char>(0x80U | (number & 0x7FU));
    bytes += static_cast<char>(number);
  }
  return bytes;
}

std::vector<std::uint32_t> numbers_from(std::string_view bytes) {
  std::vector<std::uint32_t> numbers;
  std::uint64_t value = 0;
  unsigned shift = 0;
  for (const char byte : bytes) {
    const auto bits = static_cast<unsigned char>(byte);
    if (shift > 28) throw Error("a number is too long");
    value |= static_cast<std::uint64_t>(bits & 0x7FU) << shift;
    shift += 7;
    if (bits >= 0x80) continue;
    if (value > 0xFFFFFFFFU) throw Error("a number is too large");
    numbers.push_back(static_cast<std::uint32_t>(value));
    value = shift = 0;
  }
  if (shift != 0) throw Error("a number ends too early");
  return numbers;
}

/// Calls `visit` for each list of the origins that is stored.
template <class OriginsLike, class Visit>
void each_list(OriginsLike& origins, const Visit& visit) {
  visit(origins.records);
  visit(origins.conflicts);
  each_fact_table([&]([[maybe_unused]] auto table, auto index) {
    if constexpr (FactWithOrigin<FactOf<decltype(table)>>) visit(origins.of(index));
  });
}

std::string origins_bytes(const Origins& origins, const TextChange& change) {
  Packer bytes;
  each_list(origins,
            [&](const std::vector<std::uint32_t>& list) { bytes.text(number_bytes(list)); });
  bytes.number(origins.versions.size());
  for (const auto& [path, hash, units] : origins.versions) {
    bytes.text(change(path));
    bytes.text(hash);
    bytes.text(number_bytes(units));
  }
  return bytes.bytes();
}

Origins origins_from(std::string_view stored, const TextChange& change) {
  Unpacker bytes(stored);
  Origins origins;
  each_list(origins, [&](std::vector<std::uint32_t>& list) { list = numbers_from(bytes.text()); });
  for (std::uint64_t left = bytes.number(); left > 0; --left) {
    std::string path = change(std::string(bytes.text()));
    std::string hash(bytes.text());
    origins.versions.push_back({std::move(path), std::move(hash), numbers_from(bytes.text())});
  }
  return origins;
}

[[noreturn]] void damaged(const std::string& name) {
  throw Error(fmt::format("{}: the part is damaged; scan again", name));
}

void check_version(std::string_view bytes, const std::string& name) {
  if (!is_part_file(bytes)) {
    throw Error(fmt::format("{}: not a part (those are written by 'snug scan -o')", name));
  }
  if (bytes.size() < part_magic.size() + 8) damaged(name);
  const std::uint64_t version = Unpacker(bytes.substr(part_magic.size())).number();
  if (version == part_version) return;
  throw Error(fmt::format(
      "{}: the part has version {}, this program reads version {}; scan again with this program",
      name, version, part_version));
}

PartFacts facts_from(Unpacker& bytes) {
  (void)bytes.number();  // version
  PartFacts facts;
  for (std::string* text : {&facts.root, &facts.unit, &facts.known}) *text = bytes.text();
  return facts;
}

void check_whole(std::string_view bytes, const std::string& name) {
  check_version(bytes, name);
  if (bytes.size() < part_magic.size() + 8 + digest_size) damaged(name);
  const std::string_view content = bytes.substr(0, bytes.size() - digest_size);
  if (digest_of(content) != bytes.substr(content.size())) damaged(name);
}

std::string part_bytes_with(const PartFacts& facts, const Model& model, const Origins& origins,
                            const TextChange& change) {
  Packer content;
  content.number(part_version);
  for (const std::string* text : {&facts.root, &facts.unit, &facts.known}) content.text(*text);
  content.text(to_bytes(model, change));
  content.text(origins_bytes(origins, change));
  std::string bytes = std::string(part_magic) + content.bytes();
  return bytes + digest_of(bytes);
}

Part part_with(std::string_view bytes, const std::string& name, const TextChange& change) {
  check_whole(bytes, name);
  Part part;
  std::string_view model;
  try {
    Unpacker rest(bytes.substr(part_magic.size(), bytes.size() - part_magic.size() - digest_size));
    part.facts = facts_from(rest);
    model = rest.text();
    part.origins = origins_from(rest.text(), change);
  } catch (const Error&) {
    damaged(name);
  }
  part.model = model_from_bytes(model, name, change);
  if (!fits(part.origins, part.model)) damaged(name);
  return part;
}

std::string unchanged(std::string text) {
  return text;
}

}  // namespace

TextChange portable_from(const std::string& root) {
  return
      [places = places_of(root)](std::string text) { return to_portable(std::move(text), places); };
}

TextChange portable_to(const std::string& root) {
  std::vector<PortableFolder> places = places_of(root);
  // A root that is "/" adds nothing to a path that begins with a slash.
  if (root.size() <= 1) places.push_back({root_letter, ""});
  return [places = std::move(places)](std::string text) {
    return from_portable(std::move(text), places);
  };
}

PartFacts with_unit(PartFacts facts, const Model& model) {
  const std::string front = facts.root.size() > 1 ? facts.root + "/" : facts.root;
  for (const Unit& unit : model.units) {
    if (!unit.file.starts_with(front)) continue;
    facts.unit = unit.file.substr(front.size());
    break;
  }
  return facts;
}

std::string part_bytes(PartFacts facts, const Model& model, const Origins& origins) {
  const TextChange change = portable_from(facts.root);
  return part_bytes_with(with_unit(std::move(facts), model), model, origins, change);
}

PartFacts part_facts(std::string_view bytes, const std::string& name) {
  check_version(bytes, name);
  try {
    Unpacker rest(bytes.substr(part_magic.size()));
    return facts_from(rest);
  } catch (const Error&) {
    damaged(name);
  }
}

Part part_at(std::string_view bytes, const std::string& name, const std::string& root) {
  return part_with(bytes, name, portable_to(root));
}

bool is_part_file(std::string_view bytes) {
  return bytes.starts_with(part_magic);
}

struct PartMerger::State {
  Merger merger{portable_path(root_letter)};
  PartFacts facts;
  std::string first;  ///< Name of the first part.
};

PartMerger::PartMerger() : state_(std::make_unique<State>()) {}
PartMerger::~PartMerger() = default;

void PartMerger::add(std::string_view bytes, const std::string& name) {
  Part part = part_with(bytes, name, unchanged);
  PartFacts& facts = state_->facts;
  if (state_->first.empty()) {
    state_->first = name;
    facts = part.facts;
  } else if (facts.known != part.facts.known) {
    throw Error(
        fmt::format("{} and {} were scanned with other [[known]] tables of .snug.toml, or "
                    "by another snug; scan both with the same",
                    state_->first, name));
  }
  // A root and the unit that tells its place belong together.
  facts = std::min(std::move(facts), std::move(part.facts), [](const auto& a, const auto& b) {
    const bool bare_a = a.unit.empty(), bare_b = b.unit.empty();
    return std::tie(bare_a, a.root, a.unit) < std::tie(bare_b, b.root, b.unit);
  });
  try {
    state_->merger.add(std::move(part.model), part.origins);
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", name, error.what()));
  }
}

std::string PartMerger::finish() {
  Origins origins;
  const Model model = state_->merger.finish(&origins);
  return part_bytes_with(state_->facts, model, origins, unchanged);
}

}  // namespace snug
