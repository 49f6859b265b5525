// Changing files, one function for each step that can fail or be cut off.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// The steps that writing a file is made of. Tests stand in for it and let a step fail. Each
/// function throws Error with the path and the system's reason.
class Disk {
 public:
  virtual ~Disk() = default;
  /// Writes a new file with these permission bits. A file of that name is replaced; the bytes are
  /// not safe from a power cut before sync().
  virtual void write(const std::string& path, std::string_view bytes, unsigned mode) = 0;
  /// Brings a file or a folder (its names) to the disk itself.
  virtual void sync(const std::string& path) = 0;
  /// Gives a file another name, in one step; a file of that name is replaced.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// Removes a file. One that is not there is no error.
  virtual void remove(const std::string& path) = 0;
};

/// The disks of this machine.
class RealDisk final : public Disk {
 public:
  void write(const std::string& path, std::string_view bytes, unsigned mode) override;
  void sync(const std::string& path) override;
  void rename(const std::string& from, const std::string& to) override;
  void remove(const std::string& path) override;
};

/// The folder that a path lies in: "/" for "/a", "." for a bare name.
[[nodiscard]] std::string folder_of(const std::string& path);

}  // namespace snug
