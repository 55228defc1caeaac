// The identity provider of a test: keys of each kind, their JSON Web Key Set, and tokens that say
// whatever the test wants, signed by any of them or by none.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/signature.h"
#include "base/text.h"

namespace tarotforge::test {

inline constexpr auto kSecret = "a secret of an identity provider, shared with us";
inline constexpr auto kAnna = "0190a5f2-7d3c-4e11-8b6a-5f0c2d9e4a01";  // users
inline constexpr auto kBela = "0190a5f2-7d3c-4e11-8b6a-5f0c2d9e4a02";

class SigningKey {
 public:
  enum class Kind : std::uint8_t { rsa, p256, ed25519 };

  explicit SigningKey(Kind kind, unsigned rsa_bits = 2048) : kind_(kind) {
    EVP_PKEY* made = kind == Kind::rsa    ? EVP_RSA_gen(rsa_bits)
                     : kind == Kind::p256 ? EVP_EC_gen("P-256")
                                          : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    REQUIRE(made);
    key_.reset(made, EVP_PKEY_free);
  }

  std::string algorithm() const {
    return kind_ == Kind::rsa ? "RS256" : kind_ == Kind::p256 ? "ES256" : "EdDSA";
  }

  // One entry of a key set; `more` is put before its end.
  std::string jwk(std::string_view id, std::string_view more = "") const {
    std::string key = fmt::format(R"({{"kid":"{}",)", id);
    if (kind_ == Kind::rsa)
      key += fmt::format(R"("kty":"RSA","n":"{}","e":"{}")", number(OSSL_PKEY_PARAM_RSA_N),
                         number(OSSL_PKEY_PARAM_RSA_E));
    if (kind_ == Kind::p256)
      key +=
          fmt::format(R"("kty":"EC","crv":"P-256","x":"{}","y":"{}")",
                      number(OSSL_PKEY_PARAM_EC_PUB_X, 32), number(OSSL_PKEY_PARAM_EC_PUB_Y, 32));
    if (kind_ == Kind::ed25519) {
      std::array<std::uint8_t, 32> point;
      std::size_t size = point.size();
      REQUIRE(EVP_PKEY_get_raw_public_key(key_.get(), point.data(), &size) == 1);
      key += fmt::format(R"("kty":"OKP","crv":"Ed25519","x":"{}")", base64url(point));
    }
    return key + std::string(more) + "}";
  }

  std::vector<std::uint8_t> sign(std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
    const auto* hash = kind_ == Kind::ed25519 ? nullptr : EVP_sha256();
    REQUIRE(EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key_.get()) == 1);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::size_t size = 0;
    REQUIRE(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1);
    std::vector<std::uint8_t> out(size);
    REQUIRE(EVP_DigestSign(context.get(), out.data(), &size, bytes, text.size()) == 1);
    out.resize(size);
    return kind_ == Kind::p256 ? without_asn1(out) : out;
  }

 private:
  std::string number(const char* name, std::size_t size = 0) const {
    BIGNUM* value = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key_.get(), name, &value) == 1);
    std::vector<std::uint8_t> bytes(size ? size : static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2binpad(value, bytes.data(), static_cast<int>(bytes.size()));
    BN_free(value);
    return base64url(bytes);
  }

  static std::vector<std::uint8_t> without_asn1(const std::vector<std::uint8_t>& signature) {
    const auto* begin = signature.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(signature.size()));
    REQUIRE(pair);
    std::vector<std::uint8_t> out(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out.data() + 32, 32);
    ECDSA_SIG_free(pair);
    return out;
  }

  Kind kind_;
  std::shared_ptr<EVP_PKEY> key_;
};

using Signer = std::function<std::vector<std::uint8_t>(std::string_view text)>;

inline Signer by_secret(std::string secret = kSecret) {
  return [secret = std::move(secret)](std::string_view text) {
    const auto digest = hmac_sha256(secret, text);
    return std::vector<std::uint8_t>(digest.begin(), digest.end());
  };
}
inline Signer by(const SigningKey& key) {
  return [key](std::string_view text) { return key.sign(text); };
}
inline Signer by_nobody() {
  return [](std::string_view) { return std::vector<std::uint8_t>(); };
}

inline std::string encoded(std::string_view text) {
  return base64url(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

// A token of this header and these claims, both JSON.
inline std::string make_token(std::string_view header, std::string_view claims,
                              const Signer& signer) {
  const auto text = encoded(header) + "." + encoded(claims);
  return text + "." + base64url(signer(text));
}

// Claims of a user, valid for an hour from then on; `more` begins with a comma.
inline std::string claims_of(std::string_view user, std::int64_t now_ms,
                             std::string_view more = "") {
  return fmt::format(R"({{"sub":"{}","exp":{}{}}})", user, now_ms / 1000 + 3600, more);
}

// A sign-in as it usually is.
inline std::string sign_in(std::string_view user, std::int64_t now_ms) {
  return make_token(R"({"alg":"HS256","typ":"JWT"})", claims_of(user, now_ms), by_secret());
}

}  // namespace tarotforge::test
