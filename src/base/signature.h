// Verifying signatures, with keys made from their numbers: what JSON Web Signatures need (RFC 7518,
// RFC 8037), and no more. Nothing here signs, and each kind of key verifies by its one algorithm,
// so that a key can never be taken for one of another kind.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/hash.h"

struct evp_pkey_st;  // libcrypto's

namespace tarotforge {

// HMAC with SHA-256 (RFC 2104).
Digest hmac_sha256(std::string_view key, std::string_view text);

class PublicKey {
 public:
  using Bytes = std::span<const std::uint8_t>;

  // Numbers are big-endian. nullopt where they make no such key, or one that is too weak to rely on
  // or too long to be verified in passing.
  static std::optional<PublicKey> rsa(Bytes modulus, Bytes exponent);  // of 2048 to 8192 bits
  static std::optional<PublicKey> p256(Bytes x, Bytes y);              // a point of the curve
  static std::optional<PublicKey> ed25519(Bytes point);

  // RSA: PKCS #1 v1.5 with SHA-256. P-256: ECDSA with SHA-256, the signature r and s, 32 bytes
  // each.
  bool verifies(std::string_view text, Bytes signature) const;

 private:
  enum class Kind : std::uint8_t { rsa, p256, ed25519 };

  PublicKey(Kind kind, evp_pkey_st* key);

  Kind kind_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace tarotforge
