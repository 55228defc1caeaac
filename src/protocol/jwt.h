// JSON Web Tokens of an identity provider, in their compact form (RFC 7515, RFC 7519, RFC 8725):
// bytes to a token whose signature is still to be verified, and claims to the user that they name.
// It knows no keys and no clock. What a header may say about where keys are to be found (jku, x5u,
// jwk, a path in kid) is not looked at: keys are the operator's to name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/instant.h"
#include "base/result.h"

namespace tarotforge::protocol {

inline constexpr std::size_t kMaxJwtBytes = 8 * 1024;  // half of a request's head; usual are 1 KB
inline constexpr Duration kJwtLeeway = std::chrono::seconds(60);  // between two machines' clocks

// "none" and what else there is are not among them.
enum class JwtAlgorithm : std::uint8_t { hs256, rs256, es256, eddsa };

// Nothing of it counts before its signature was verified.
struct Jwt {
  JwtAlgorithm algorithm;
  std::optional<std::string> key_id{};
  std::string_view signed_text{};  // of the text that was parsed
  std::string claims{};            // JSON, not parsed
  std::vector<std::uint8_t> signature{};
};

// Whether a bearer token is meant to be one: those of participants have no dot.
bool looks_like_jwt(std::string_view token);

// unauthorized.
Result<Jwt> parse_jwt(std::string_view token);

// What the operator asks of claims; an empty text is not asked for.
struct JwtTerms {
  std::string issuer{};    // iss is this
  std::string audience{};  // aud is this, or has it in its list
};

// Whom verified claims name, and that they hold now. exp is required. unauthorized, and
// account_not_usable where sub is no UUID.
Result<UserId> user_of_claims(std::string_view claims, const JwtTerms& terms, WallTime now);

}  // namespace tarotforge::protocol
