#include "base/signature.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <vector>

#include "base/check.h"

namespace tarotforge {
namespace {

constexpr int kWeakestRsa = 2048, kLongestRsa = 8192;  // bits; RFC 7518, section 3.3, asks for 2048
constexpr std::size_t kCoordinate = 32;                // bytes of a number of P-256 and Ed25519

using Bytes = PublicKey::Bytes;

// libcrypto's objects, each let go by its own function.
template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;
using Number = Owned<BIGNUM, BN_free>;
using Context = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;

Number number(Bytes bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

// Its refusals wait in a queue of the thread, where they would be taken for those of a later call.
EVP_PKEY* key_of(const char* type, OSSL_PARAM_BLD* numbers) {
  EVP_PKEY* key = nullptr;
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  const Parameters parameters(OSSL_PARAM_BLD_to_param(numbers));
  check(context && parameters && EVP_PKEY_fromdata_init(context.get()) == 1,
        "libcrypto knows the kind of key");
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    key = nullptr;
  ERR_clear_error();
  return key;
}

// From r and s as JSON has them to ASN.1 as libcrypto has them; empty where they are none.
std::vector<std::uint8_t> asn1_of(Bytes signature) {
  if (signature.size() != 2 * kCoordinate) return {};
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  auto r = number(signature.first(kCoordinate)), s = number(signature.last(kCoordinate));
  check(pair && r && s, "there is memory for a signature");
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  std::vector<std::uint8_t> out(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
  auto* end = out.data();
  i2d_ECDSA_SIG(pair.get(), &end);
  return out;
}

}  // namespace

Digest hmac_sha256(std::string_view key, std::string_view text) {
  Digest digest;
  const auto* made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digest.data(), nullptr);
  check(made, "a text can be authenticated");
  return digest;
}

PublicKey::PublicKey(Kind kind, evp_pkey_st* key) : kind_(kind), key_(key, EVP_PKEY_free) {}

std::optional<PublicKey> PublicKey::rsa(Bytes modulus, Bytes exponent) {
  if (modulus.size() > kLongestRsa / 8 + 1 || exponent.size() > 8) return std::nullopt;
  const auto n = number(modulus), e = number(exponent);
  const Builder numbers(OSSL_PARAM_BLD_new());
  check(n && e && numbers, "there is memory for a key");
  const int bits = BN_num_bits(n.get());
  // An even number is no product of two primes, and an exponent of 1 would sign by itself.
  if (bits < kWeakestRsa || bits > kLongestRsa || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) ||
      BN_is_one(e.get()))
    return std::nullopt;
  OSSL_PARAM_BLD_push_BN(numbers.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(numbers.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  auto* key = key_of("RSA", numbers.get());
  if (!key) return std::nullopt;
  return PublicKey(Kind::rsa, key);
}

std::optional<PublicKey> PublicKey::p256(Bytes x, Bytes y) {
  if (x.size() != kCoordinate || y.size() != kCoordinate) return std::nullopt;
  std::array<std::uint8_t, 1 + 2 * kCoordinate> point{4};  // uncompressed (SEC 1, section 2.3.3)
  std::ranges::copy(x, point.begin() + 1);
  std::ranges::copy(y, point.begin() + 1 + kCoordinate);
  const Builder numbers(OSSL_PARAM_BLD_new());
  check(numbers != nullptr, "there is memory for a key");
  OSSL_PARAM_BLD_push_utf8_string(numbers.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(numbers.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  auto* key = key_of("EC", numbers.get());  // refuses what is not on the curve
  if (!key) return std::nullopt;
  return PublicKey(Kind::p256, key);
}

std::optional<PublicKey> PublicKey::ed25519(Bytes point) {
  if (point.size() != kCoordinate) return std::nullopt;
  auto* key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, point.data(), point.size());
  ERR_clear_error();
  if (!key) return std::nullopt;
  return PublicKey(Kind::ed25519, key);
}

bool PublicKey::verifies(std::string_view text, Bytes signature) const {
  std::vector<std::uint8_t> asn1;
  if (kind_ == Kind::p256) {
    asn1 = asn1_of(signature);
    signature = asn1;
  }
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  const auto* hash = kind_ == Kind::ed25519 ? nullptr : EVP_sha256();  // Ed25519 has its own
  check(context && EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key_.get()) == 1,
        "a key that was made verifies");
  const bool holds =
      EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                       reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) == 1;
  ERR_clear_error();
  return holds;
}

}  // namespace tarotforge
