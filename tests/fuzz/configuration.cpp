// Settings out of a file and out of the environment: they are refused with one line, or each is
// the same when it is given again as it is shown, and the server's values can be made of them.
#include "main/configuration.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include "main/settings_file.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;

namespace {

// A file without a place on a disk, by its name.
std::string file_with(std::string_view text) {
  static const int file = memfd_create("settings", 0);
  check(file >= 0 && ftruncate(file, 0) == 0, "there is memory for a file");
  check(pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()),
        "it takes the text");
  return fmt::format("/proc/self/fd/{}", file);
}

void check_whole(const Configuration& configuration) {
  Configuration::Sources again{.file = file_with("")};
  for (const auto& setting : settings_table()) {
    const auto& text = configuration.value(setting).text;
    again.environment[std::string(setting.name)] = text;
    const auto shown = configuration.shown(setting);
    check(setting.kind != SettingKind::secret || text.empty() || shown == "(hidden)",
          "a secret is not shown");
  }
  const auto settings = configuration.app_settings();
  check(settings.policy.defaults.timeout.count() > 0 && settings.max_sessions > 0,
        "what is in force makes sense");
  static_cast<void>(configuration.shared_settings());
  const auto read = Configuration::read(again);
  check(read.has_value(), "settings as they are in force can be given again");
  for (const auto& setting : settings_table())
    check(read->value(setting).text == configuration.value(setting).text, "and are the same");
}

}  // namespace

void check_file(std::string_view text) {
  const auto lines = parse_settings(text);
  if (!lines) return;
  std::string again;
  for (const auto& [name, value] : *lines) {
    again += name + " = \"";
    for (const char c : value)
      if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
        again += fmt::format("\\u{:04X}", c);
      else
        again += c;
    again += "\"\r\n";
  }
  const auto read = parse_settings(again);
  check(read && *read == *lines, "a file is read back");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto lines = input.choice() % 8;  // of the environment, then the file
  Configuration::Sources sources;
  for (int i = 0; i < lines; ++i) {
    const auto line = input.part('\n');
    const auto equals = std::min(line.find('='), line.size());
    sources.environment[std::string(line.substr(0, equals))] =
        line.substr(std::min(equals + 1, line.size()));
  }
  check_file(input.rest());
  sources.file = file_with(input.rest());
  const auto configuration = Configuration::read(sources);
  if (configuration) check_whole(*configuration);
  return 0;
}
