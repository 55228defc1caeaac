// The public keys of an identity provider, from a JSON Web Key Set (RFC 7517) to numbers. Pure:
// whether the numbers make a key is libcrypto's to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "protocol/jwt.h"

namespace tarotforge::protocol {

inline constexpr std::size_t kMaxJwksBytes = 256 * 1024;
inline constexpr std::size_t kMaxJwks = 16;  // a token without a kid is tried by each

struct JsonWebKey {
  JwtAlgorithm algorithm;  // rs256, es256 or eddsa: what its kind signs with, and nothing else
  std::optional<std::string> id{};
  std::vector<std::uint8_t> first{};   // n of RSA, x of a point
  std::vector<std::uint8_t> second{};  // e of RSA, y of P-256
};

// The set's keys that verify signatures by those algorithms; others are passed over. invalid_value,
// with a sentence for operators, where the text is no such set, has none of them, or too many.
Result<std::vector<JsonWebKey>> parse_jwks(std::string_view text);

}  // namespace tarotforge::protocol
