// What the service manager that started this process is told, by the protocol of sd_notify(3): one
// datagram to the socket that $NOTIFY_SOCKET names. Started by anything else, nothing happens.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace tarotforge {

class ServiceManager {
 public:
  // Of NOTIFY_SOCKET and WATCHDOG_USEC.
  explicit ServiceManager(const std::map<std::string, std::string>& environment);

  void ready(std::string_view status) const;  // a line for people
  void stopping() const;
  void alive() const;  // asked for each half of watchdog() at least

  // How long without alive() the manager takes the process for hung; nullopt where it never does.
  std::optional<Duration> watchdog() const { return watchdog_; }

 private:
  void tell(std::string_view state) const;  // a manager that does not hear is no error

  std::string socket_;  // empty: none
  std::optional<Duration> watchdog_{};
};

}  // namespace tarotforge
