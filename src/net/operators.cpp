#include "net/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/access.h"
#include "base/check.h"
#include "base/signature.h"
#include "base/text.h"

namespace tarotforge::net {

Operators::Operators(const std::optional<std::string>& token, Random& random)
    : token_(token), random_(random) {}

bool Operators::know_token(std::string_view token) const {
  // Digests have one length, so that the comparison tells nothing of the token's.
  return token_ && equal_in_constant_time(sha256(*token_), sha256(token));
}

// "UNTIL.NONCE.SIGNATURE", of which the signature is over what stands before it.
std::string Operators::log_in(WallTime now) {
  const auto text = fmt::format("{}.{}", (now + kLoginLasts).ms, app::make_token(random_));
  return fmt::format("{}.{}", text, base64url(signature_of(text)));
}

void Operators::log_out(const Login& login) {
  if (ended_.size() == kMostEnded) ended_.pop_front();
  ended_.push_back(login);
}

std::optional<Login> Operators::login_of(const Request& request, WallTime now) const {
  const auto cookie = request.cookie(kAdminCookie);
  const auto dot = cookie.rfind('.');
  if (!token_ || dot == cookie.npos) return std::nullopt;
  const auto text = cookie.substr(0, dot);
  Login login{.until = {}, .signature = signature_of(text)};
  const auto signature = base64url_decode(cookie.substr(dot + 1));
  if (!signature || !equal_in_constant_time(*signature, login.signature)) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), login.until.ms);
  return is_in_force(login, now) ? std::optional(login) : std::nullopt;
}

bool Operators::is_in_force(const Login& login, WallTime now) const {
  return now < login.until && std::ranges::find(ended_, login) == ended_.end();
}

Digest Operators::signature_of(std::string_view text) const {
  check(token_.has_value(), "only with a token somebody can log in");
  return hmac_sha256("tarotforge_admin " + *token_, text);
}

}  // namespace tarotforge::net
