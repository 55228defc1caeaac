// Tokens of an identity provider and its key sets. The first byte says what the rest is.
#include "base/signature.h"
#include "base/text.h"
#include "protocol/jwks.h"
#include "protocol/jwt.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;

namespace {

constexpr WallTime kNow{1'800'000'000'000};

void try_token(std::string_view text) {
  const auto jwt = protocol::parse_jwt(text);
  if (!jwt) return;
  check(protocol::looks_like_jwt(text), "a token has a dot");
  check(text.size() <= protocol::kMaxJwtBytes, "a token has a bounded size");
  check(std::string(jwt->signed_text) + "." + base64url(jwt->signature) == text,
        "a token has one form");
  check(!equal_in_constant_time(hmac_sha256("a secret that nobody knows", jwt->signed_text),
                                jwt->signature),
        "nobody signs without the secret");
}

void try_claims(std::string_view text) {
  const protocol::JwtTerms terms{.issuer = "https://id.example", .audience = "tarot"};
  const auto user = protocol::user_of_claims(text, {}, kNow);
  const auto held = protocol::user_of_claims(text, terms, kNow);
  check(!held || (user && *user == *held), "who keeps the terms is the same without them");
}

std::optional<PublicKey> key_of(const protocol::JsonWebKey& key) {
  if (key.algorithm == protocol::JwtAlgorithm::rs256) return PublicKey::rsa(key.first, key.second);
  if (key.algorithm == protocol::JwtAlgorithm::es256) return PublicKey::p256(key.first, key.second);
  return PublicKey::ed25519(key.first);
}

void try_keys(std::string_view text) {
  const auto keys = protocol::parse_jwks(text);
  if (!keys) return;
  check(!keys->empty() && keys->size() <= protocol::kMaxJwks, "there are some, not too many");
  for (const auto& each : *keys) {
    check(each.algorithm != protocol::JwtAlgorithm::hs256, "a key is no secret");
    if (const auto key = key_of(each))
      check(!key->verifies("a text", each.first), "nothing is signed by chance");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  switch (input.choice() % 3) {
    case 0:
      try_token(input.rest());
      break;
    case 1:
      try_claims(input.rest());
      break;
    default:
      try_keys(input.rest());
  }
  return 0;
}
