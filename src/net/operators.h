// Who may do what operators may: whoever has the token of the settings, or the cookie that a login
// with it was given. A cookie names a login, which lives in memory: a restart ends all of them. Of
// its secret only the digest is kept. Invariant: at most kMostLogins at once; the oldest make room.
// Thread safety: one strand.
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
inline constexpr std::size_t kMostLogins = 100;

using Login = Digest;  // of a cookie's secret

class Operators {
 public:
  // Without a token nobody is an operator.
  Operators(const std::optional<std::string>& token, Random& random);

  // In constant time.
  bool know_token(std::string_view token) const;

  // Returns the cookie's secret.
  std::string log_in(Instant now);
  void log_out(const Login& login);
  // The login that the request's cookie names, where it is in force.
  std::optional<Login> login_of(const Request& request, Instant now) const;
  bool is_in_force(const Login& login, Instant now) const;

 private:
  struct Kept {
    Login login;
    Instant until;
  };

  std::optional<Digest> token_hash_;
  Random& random_;
  std::deque<Kept> logins_;  // oldest first
};

}  // namespace tarotforge::net
