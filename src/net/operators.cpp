#include "net/operators.h"

#include <algorithm>

#include "app/access.h"

namespace tarotforge::net {

Operators::Operators(const std::optional<std::string>& token, Random& random) : random_(random) {
  if (token) token_hash_ = sha256(*token);
}

bool Operators::know_token(std::string_view token) const {
  // Digests have one length, so that the comparison tells nothing of the token's.
  return token_hash_ && equal_in_constant_time(*token_hash_, sha256(token));
}

std::string Operators::log_in(Instant now) {
  auto secret = app::make_token(random_);
  if (logins_.size() == kMostLogins) logins_.pop_front();
  logins_.push_back({sha256(secret), now + kLoginLasts});
  return secret;
}

void Operators::log_out(const Login& login) {
  std::erase_if(logins_, [&](const Kept& kept) { return kept.login == login; });
}

std::optional<Login> Operators::login_of(const Request& request, Instant now) const {
  const auto secret = request.cookie(kAdminCookie);
  if (secret.empty()) return std::nullopt;
  const auto login = sha256(secret);
  return is_in_force(login, now) ? std::optional(login) : std::nullopt;
}

bool Operators::is_in_force(const Login& login, Instant now) const {
  return std::ranges::any_of(logins_, [&](const Kept& kept) {
    return equal_in_constant_time(kept.login, login) && !reached(kept.until, now);
  });
}

}  // namespace tarotforge::net
