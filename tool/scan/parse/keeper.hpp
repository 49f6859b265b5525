// Results of the front end that outlive a run.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "model/model.hpp"
#include "model/origins.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

enum class Kept : std::uint8_t { Unit, Proof };

/// Looks at a result that was found; false, or an Error: it is none for this run.
using UseResult = std::function<bool(std::string_view result)>;

/// Where results are kept. Nothing here ever throws for what is wrong with a store: a result that
/// cannot be read is not there, and one that cannot be written is not kept.
class Keeper {
 public:
  virtual ~Keeper() = default;
  /// Has the result for this key used, if all that it was made from is as it was then. False if
  /// there is none, or it was not used.
  [[nodiscard]] virtual bool find(Kept kind, const std::string& key, const UseResult& use) = 0;
  /// Keeps a result with what it was made from (bytes of UnitInputs).
  virtual void keep(Kept kind, const std::string& key, std::string_view inputs,
                    std::string_view result) = 0;
  /// Hears that the result about a file is not kept, and why.
  virtual void refused(const std::string& file, const std::string& why) = 0;
  /// A model is read: from now on, what is kept counts only if it was made from these files.
  /// REQUIRES: they outlive the next call.
  virtual void begin_model(const Files& files) = 0;
};

/// scan_units() that parses only units for which nothing is kept. The model is the same. `origins`:
/// null, or gets those of the model.
[[nodiscard]] Model scan_units(std::vector<FrontEndCommand> commands, const ScanOptions& options,
                               const Progress& progress, Keeper* keeper,
                               Origins* origins = nullptr);

}  // namespace snug
