// Signatures, by the examples of the documents that define them.
#include "base/signature.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "tests/support/token_maker.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

std::vector<std::uint8_t> bytes(std::string_view text) { return base64url_decode(text).value(); }

// RFC 7515, appendix A, which signs the same claims three times.
constexpr std::string_view kClaims =
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl"
    "fQ";
constexpr std::string_view kModulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4"
    "QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdb"
    "BYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-D"
    "WNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

// What holds, and that one flipped bit of the text or the signature does not.
void check_signature(const PublicKey& key, std::string text, std::vector<std::uint8_t> signature) {
  CHECK(key.verifies(text, signature));
  for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
    signature[at] ^= 1;
    CHECK_FALSE(key.verifies(text, signature));
    signature[at] ^= 1;
  }
  text.back() ^= 1;
  CHECK_FALSE(key.verifies(text, signature));
  text.back() ^= 1;
  for (std::size_t size = 0; size < signature.size(); size += 7)
    CHECK_FALSE(key.verifies(text, std::span(signature).first(size)));
  signature.push_back(0);
  CHECK_FALSE(key.verifies(text, signature));
}

}  // namespace

TEST_CASE("TK9 a text is authenticated as RFC 4231 and RFC 7515 have it") {
  CHECK(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  const auto key = bytes(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  const auto digest =
      hmac_sha256(std::string(key.begin(), key.end()),
                  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9" + std::string(kClaims));
  CHECK(base64url(digest) == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST_CASE("TK9 TK11 RSA, P-256 and Ed25519 verify as RFC 7515 and RFC 8037 have it") {
  const auto rsa = PublicKey::rsa(bytes(kModulus), bytes("AQAB"));
  REQUIRE(rsa);
  check_signature(
      *rsa, "eyJhbGciOiJSUzI1NiJ9" + std::string(kClaims),
      bytes(
          "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8"
          "W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvk"
          "SjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCn"
          "vWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"));
  const auto p256 = PublicKey::p256(bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                                    bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));
  REQUIRE(p256);
  check_signature(
      *p256, "eyJhbGciOiJFUzI1NiJ9" + std::string(kClaims),
      bytes("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqP"
            "P3-Kg6NU1Q"));
  const auto ed25519 = PublicKey::ed25519(bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
  REQUIRE(ed25519);
  check_signature(
      *ed25519, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
      bytes("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvp"
            "Ar_MuM0KAg"));
}

TEST_CASE("TK11 numbers that make no key, a weak one or a huge one are none") {
  const auto modulus = bytes(kModulus);
  const auto exponent = bytes("AQAB");
  CHECK_FALSE(PublicKey::rsa({}, exponent));
  CHECK_FALSE(PublicKey::rsa(modulus, {}));
  CHECK_FALSE(PublicKey::rsa(modulus, bytes("AQ")));                     // 1 signs by itself
  CHECK_FALSE(PublicKey::rsa(modulus, bytes("Ag")));                     // even
  CHECK_FALSE(PublicKey::rsa(std::span(modulus).first(128), exponent));  // 1024 bits
  CHECK_FALSE(PublicKey::rsa(std::span(modulus).first(255), exponent));  // 2040 bits
  CHECK_FALSE(PublicKey::rsa(std::vector<std::uint8_t>(1025, 255), exponent));
  auto even = modulus;
  even.back() &= 0xFE;
  CHECK_FALSE(PublicKey::rsa(even, exponent));
  const std::vector<std::uint8_t> nowhere(32, 7);
  CHECK_FALSE(PublicKey::p256(nowhere, nowhere));  // not on the curve
  CHECK_FALSE(PublicKey::p256(std::vector<std::uint8_t>(32), std::vector<std::uint8_t>(32)));
  CHECK_FALSE(PublicKey::p256(std::span(nowhere).first(31), nowhere));
  CHECK_FALSE(PublicKey::ed25519(std::span(nowhere).first(31)));
  CHECK_FALSE(PublicKey::ed25519({}));
}
