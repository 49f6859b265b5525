// The file: magic, version, number of texts, each text (length, bytes), the body, 16 bytes of
// checksum over everything before. The body is the model's fields one after another; texts in it
// are numbers into the table.
#include "scan/parts/model_file.hpp"

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <unordered_map>

#include "base/error.hpp"
#include "model/facts/tables.hpp"

namespace snug {
namespace {

constexpr std::string_view model_magic = "snug-model\n";
constexpr std::size_t checksum_size = 16;
constexpr int deepest_members = 64;  // of anonymous members; compilers allow 256 brackets

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(0x80U | (value & 0x7FU));
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

std::string checksum(std::string_view bytes) {
  std::string result(checksum_size, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return result;
}

class Writer {
 public:
  explicit Writer(const TextChange& change) : change_(change) {}

  template <class... Fields>
  void operator()(const Fields&... fields) {
    (put(fields), ...);
  }

  template <class... Flags>
  void flags(const Flags&... values) {
    std::uint64_t bits = 0;
    unsigned place = 0;
    ((bits |= static_cast<std::uint64_t>(values) << place++), ...);
    put_number(body_, bits);
  }

  [[nodiscard]] std::string finish() const {
    std::string out(model_magic);
    put_number(out, model_file_version);
    put_number(out, numbers_.size());
    out += table_;
    out += body_;
    return out + checksum(out);
  }

 private:
  void put(const std::string& text) {
    const auto [place, added] = numbers_.try_emplace(text, numbers_.size());
    if (added) {
      const std::string stored = change_ ? change_(text) : text;
      put_number(table_, stored.size());
      table_ += stored;
    }
    put_number(body_, place->second);
  }

  template <class Value>
  void put(const Value& value) {
    if constexpr (std::is_enum_v<Value> || std::is_unsigned_v<Value>) {
      put_number(body_, static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<Value>) {
      // -1, 0, 1, -2 ... become 1, 0, 2, 3 ...
      const auto wide = static_cast<std::int64_t>(value);
      put_number(body_,
                 (static_cast<std::uint64_t>(wide) << 1U) ^ static_cast<std::uint64_t>(wide >> 63));
    } else {
      store(*this, value, static_cast<const Value*>(nullptr));
    }
  }

  template <class Value>
  void put(const std::vector<Value>& values) {
    put_number(body_, values.size());
    for (const Value& value : values) put(value);
  }

  void put(const std::map<std::string, std::string>& values) {
    put_number(body_, values.size());
    for (const auto& [key, value] : values) (*this)(key, value);
  }

  const TextChange& change_;
  std::string table_;
  std::string body_;
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

class ModelReader {
 public:
  ModelReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  [[noreturn]] void damaged() const {
    throw Error(fmt::format("{}: the model file is damaged; scan again", name_));
  }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) damaged();
      const auto byte = static_cast<unsigned char>(bytes_[0]);
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    damaged();
  }

  void read_table(const TextChange& change) {
    // Nothing is reserved: a count that lies ends with the bytes.
    for (std::uint64_t left = number(); left > 0; --left) {
      const std::uint64_t size = number();
      if (size > bytes_.size()) damaged();
      table_.emplace_back(bytes_.substr(0, size));
      if (change) table_.back() = change(std::move(table_.back()));
      bytes_.remove_prefix(size);
    }
  }

  template <class... Fields>
  void operator()(Fields&... fields) {
    (get(fields), ...);
  }

  template <class... Flags>
  void flags(Flags&... values) {
    const std::uint64_t bits = number();
    if ((bits >> sizeof...(values)) != 0) damaged();
    unsigned place = 0;
    ((values = ((bits >> place++) & 1U) != 0), ...);
  }

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

  /// The place of each stored file in the order of the map: changed paths sort in another way.
  [[nodiscard]] std::vector<std::uint32_t> places_in(
      const std::map<std::string, std::string>& files) const {
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    for (const auto& [path, hash] : files) {
      numbers.emplace(path, static_cast<std::uint32_t>(numbers.size()));
    }
    std::vector<std::uint32_t> places;
    for (const std::string& key : stored_keys_) places.push_back(numbers.at(key));
    return places;
  }

 private:
  void get(std::string& text) {
    const std::uint64_t index = number();
    if (index >= table_.size()) damaged();
    text = table_[index];
  }

  template <class Value>
  void get(Value& value) {
    if constexpr (std::is_enum_v<Value>) {
      const std::uint64_t read = number();
      if (read > static_cast<std::uint64_t>(last_of(Value{}))) damaged();
      value = static_cast<Value>(read);
    } else if constexpr (std::is_unsigned_v<Value>) {
      const std::uint64_t read = number();
      if (read > std::numeric_limits<Value>::max()) damaged();
      value = static_cast<Value>(read);
    } else if constexpr (std::is_integral_v<Value>) {
      const std::uint64_t read = number();
      const auto wide = static_cast<std::int64_t>((read >> 1U) ^ (~(read & 1U) + 1U));
      if (wide < std::numeric_limits<Value>::min() || wide > std::numeric_limits<Value>::max()) {
        damaged();
      }
      value = static_cast<Value>(wide);
    } else {
      store(*this, value, static_cast<const Value*>(nullptr));
    }
  }

  template <class Value>
  void get(std::vector<Value>& values) {
    if (++depth_ > deepest_members) damaged();
    for (std::uint64_t left = number(); left > 0; --left) get(values.emplace_back());
    --depth_;
  }

  void get(std::map<std::string, std::string>& values) {
    for (std::uint64_t left = number(); left > 0; --left) {
      std::string key;
      std::string value;
      (*this)(key, value);
      stored_keys_.push_back(key);
      values.insert_or_assign(std::move(key), std::move(value));
    }
  }

  std::string_view bytes_;
  const std::string& name_;
  std::vector<std::string> table_;
  std::vector<std::string> stored_keys_;  ///< Of the only map of a model, as they came.
  int depth_ = 0;
};

/// Records and facts may name only units of the model.
void check_units(Model& model, const ModelReader& reader) {
  const auto check = [&](const std::vector<std::uint32_t>& units) {
    for (const std::uint32_t unit : units) {
      if (unit >= model.units.size()) reader.damaged();
    }
  };
  for (const Record& record : model.records) check(record.units);
  for (const LayoutConflict& conflict : model.conflicts) check(conflict.other.units);
  each_fact_table([&](auto table, auto) {
    using Fact = FactOf<decltype(table)>;
    if constexpr (FactWithUnits<Fact>) {
      for (Fact& fact : table.of(model)) check(FactTraits<Fact>::units(fact));
    }
  });
  for (const Unit& unit : model.units) {
    for (const std::uint32_t file : unit.files) {
      if (file >= model.file_hashes.size()) reader.damaged();
    }
  }
}

}  // namespace

std::string to_bytes(const Model& model, const TextChange& change) {
  Writer writer(change);
  writer(model);
  return writer.finish();
}

bool is_model_file(std::string_view bytes) {
  return bytes.starts_with(model_magic);
}

Model model_from_bytes(std::string_view bytes, const std::string& name, const TextChange& change) {
  if (!is_model_file(bytes)) {
    throw Error(fmt::format("{}: not a model file (those are written by 'snug scan -o')", name));
  }
  ModelReader header(bytes.substr(model_magic.size()), name);
  const std::uint64_t version = header.number();
  if (version != model_file_version) {
    throw Error(
        fmt::format("{}: the model file has version {}, this program reads version {}; "
                    "scan again with this program",
                    name, version, model_file_version));
  }
  if (bytes.size() < model_magic.size() + checksum_size) header.damaged();
  const std::string_view content = bytes.substr(0, bytes.size() - checksum_size);
  if (checksum(content) != bytes.substr(content.size())) header.damaged();

  ModelReader reader(content.substr(model_magic.size()), name);
  (void)reader.number();  // version
  reader.read_table(change);
  Model model;
  reader(model);
  if (!reader.at_end()) reader.damaged();
  check_units(model, reader);
  if (change) {
    const std::vector<std::uint32_t> place_of = reader.places_in(model.file_hashes);
    for (Unit& unit : model.units) {
      for (std::uint32_t& file : unit.files) file = place_of.at(file);
      std::sort(unit.files.begin(), unit.files.end());
    }
  }
  return model;
}

}  // namespace snug
