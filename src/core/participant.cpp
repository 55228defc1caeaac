#include "core/participant.h"

#include "base/words.h"

namespace tarotforge::core {
namespace {

constexpr Words<3> kRoles = {"participant", "reader", "host"};
constexpr Words<9> kReasons = {"left",      "closed_tab",    "lost",
                               "kicked",    "replaced",      "expired",
                               "completed", "slow_consumer", "server_draining"};

}  // namespace

std::string_view to_string(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::string_view to_string(LeaveReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}
std::optional<Role> parse_role(std::string_view word) { return find_word<Role>(kRoles, word); }
std::optional<LeaveReason> parse_leave_reason(std::string_view word) {
  return find_word<LeaveReason>(kReasons, word);
}

}  // namespace tarotforge::core
