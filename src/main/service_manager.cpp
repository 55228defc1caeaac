#include "main/service_manager.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstring>

namespace tarotforge {
namespace {

std::string value_of(const std::map<std::string, std::string>& environment, const char* name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

}  // namespace

ServiceManager::ServiceManager(const std::map<std::string, std::string>& environment)
    : socket_(value_of(environment, "NOTIFY_SOCKET")) {
  if (!socket_.starts_with('/') && !socket_.starts_with('@')) socket_.clear();
  if (socket_.size() >= sizeof(sockaddr_un::sun_path)) socket_.clear();
  const auto text = value_of(environment, "WATCHDOG_USEC");
  std::int64_t microseconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), microseconds);
  if (error == std::errc() && end == text.data() + text.size() && microseconds >= 2000)
    watchdog_ = Duration(microseconds / 1000);
}

void ServiceManager::ready(std::string_view status) const {
  tell(fmt::format("READY=1\nSTATUS={}", status));
}

void ServiceManager::stopping() const { tell("STOPPING=1"); }

void ServiceManager::alive() const { tell("WATCHDOG=1"); }

void ServiceManager::tell(std::string_view state) const {
  if (socket_.empty()) return;
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.starts_with('@')) address.sun_path[0] = '\0';  // an abstract name
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  static_cast<void>(::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), length));
  ::close(descriptor);
}

}  // namespace tarotforge
