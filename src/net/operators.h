// Who may do what operators may: whoever has the token of the settings, or the cookie that a login
// with it was given. A cookie says until when it is good, signed with a key made of the token, so
// that every server with that token knows it, also after a restart, and no other. What has logged
// out is remembered in memory, the last kMostEnded of them. Thread safety: one strand.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/instant.h"
#include "base/random.h"
#include "net/http.h"

namespace tarotforge::net {

inline constexpr std::string_view kAdminCookie = "tarotforge_admin";
inline constexpr Duration kLoginLasts = std::chrono::hours(12);  // a working day
inline constexpr std::size_t kMostEnded = 1000;

struct Login {
  WallTime until;
  Digest signature;

  friend bool operator==(const Login&, const Login&) = default;
};

class Operators {
 public:
  // Without a token nobody is an operator.
  Operators(const std::optional<std::string>& token, Random& random);

  // In constant time.
  bool know_token(std::string_view token) const;

  // Returns the cookie's value. There must be a token.
  std::string log_in(WallTime now);
  void log_out(const Login& login);
  // The login that the request's cookie names, where it is in force.
  std::optional<Login> login_of(const Request& request, WallTime now) const;
  bool is_in_force(const Login& login, WallTime now) const;

 private:
  Digest signature_of(std::string_view text) const;

  std::optional<std::string> token_;
  Random& random_;
  std::deque<Login> ended_;  // by logout, oldest first
};

}  // namespace tarotforge::net
