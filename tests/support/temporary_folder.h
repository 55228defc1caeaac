// A folder of its own for each test, gone with it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace tarotforge::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (parent() / "tarotforge-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }
  std::string file(const char* name) const { return (path_ / name).string(); }

  // From now on on a disk, for what measures.
  static void use_disk() { parent() = std::filesystem::temp_directory_path(); }

 private:
  // Memory where there is some: hundreds of databases are made, and each commit is synced.
  static std::filesystem::path& parent() {
    static const std::filesystem::path memory = "/dev/shm";
    static std::filesystem::path path =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    return path;
  }

  std::filesystem::path path_;
};

}  // namespace tarotforge::test
