#include "core/participant.h"

#include <array>

namespace tarotforge::core {
namespace {

constexpr std::array<std::string_view, 3> kRoles = {"participant", "reader", "host"};
constexpr std::array<std::string_view, 9> kReasons = {
    "left",    "closed_tab", "lost",          "kicked",         "replaced",
    "expired", "completed",  "slow_consumer", "server_draining"};

template <class Enum, std::size_t N>
std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

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
