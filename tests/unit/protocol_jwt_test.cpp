// JSON Web Tokens and key sets as texts: what is read of them, and what is refused.
#include "protocol/jwt.h"

#include <doctest/doctest.h>

#include "protocol/jwks.h"
#include "tests/support/token_maker.h"

using namespace tarotforge;
using namespace tarotforge::protocol;
using namespace tarotforge::test;

namespace {

constexpr WallTime kNow{1'800'000'000'000};

std::string of_header(std::string_view header) { return make_token(header, "{}", by_secret()); }

// "ok", or the refusal's name and sentence.
template <class T>
std::string answer(const Result<T>& result) {
  if (result) return "ok";
  return fmt::format("{}: {}", info(result.error().code).name, result.error().sentence());
}

std::string claims_answer(std::string_view claims, const JwtTerms& terms = {}) {
  return answer(user_of_claims(claims, terms, kNow));
}

// Claims of Anna whose exp and nbf lie so many seconds from now.
std::string in_time(int exp, int nbf) {
  const auto now = kNow.ms / 1000;
  return claims_answer(
      fmt::format(R"({{"sub":"{}","exp":{},"nbf":{}}})", kAnna, now + exp, now + nbf));
}

constexpr auto kUnreadable = "unauthorized: This sign-in cannot be read. Sign in again.";
constexpr auto kUnknownWay =
    "unauthorized: This sign-in is not signed in a way that is accepted here.";
constexpr auto kNoSignIn = "unauthorized: This token is no sign-in. Sign in again.";
constexpr auto kExpired = "unauthorized: Your sign-in has expired. Sign in again.";
constexpr auto kTooEarly = "unauthorized: This sign-in is not valid yet. Try again in a moment.";
constexpr auto kNobody = "unauthorized: This sign-in names nobody. Sign in again.";
constexpr auto kOtherProvider =
    "unauthorized: This sign-in comes from an identity provider that is not known here.";
constexpr auto kOtherService =
    "unauthorized: This sign-in is meant for another service. Sign in for this one.";

}  // namespace

TEST_CASE("TK9 a token is read into its parts") {
  const auto token =
      make_token(R"({"alg":"ES256","kid":"k1","typ":"at+JWT","jku":"https://x"})", R"({"sub":"s"})",
                 [](auto) { return std::vector<std::uint8_t>{1}; });
  const auto jwt = parse_jwt(token);
  REQUIRE(jwt);
  CHECK(jwt->algorithm == JwtAlgorithm::es256);
  CHECK(jwt->key_id == "k1");
  CHECK(jwt->claims == R"({"sub":"s"})");
  CHECK(jwt->signature == std::vector<std::uint8_t>{1});
  CHECK(jwt->signed_text == token.substr(0, token.rfind('.')));
  for (const auto* name : {"HS256", "RS256", "ES256", "EdDSA"})
    CHECK(parse_jwt(of_header(fmt::format(R"({{"alg":"{}"}})", name))));
  CHECK(looks_like_jwt(token));
  CHECK_FALSE(looks_like_jwt(base64url(std::vector<std::uint8_t>(32, 255))));
}

TEST_CASE("TK10 TK11 a token that is none, or is not signed in a known way, is refused") {
  for (const auto* algorithm : {"none", "None", "hs256", "HS384", "RS512", "PS256", "ES384", ""})
    CHECK(answer(parse_jwt(of_header(fmt::format(R"({{"alg":"{}"}})", algorithm)))) == kUnknownWay);
  for (const auto* header : {"{}", "[]", "null", "{", R"({"alg":null})", R"({"alg":["HS256"]})",
                             R"({"alg":"HS256","kid":1})", R"({"alg":"HS256","typ":{}})",
                             R"({"alg":"none","alg":"HS256"})", R"({"alg":"HS256","crit":["exp"]})",
                             R"({"alg":"HS256","b64":false,"crit":["b64"]})",
                             R"({"alg":"HS256"} )"
                             "x",
                             "\xFF"})
    CHECK(answer(parse_jwt(of_header(header))) == kUnreadable);
  for (const auto* type : {"logout+jwt", "dpop+jwt", "JWE", ""})
    CHECK(answer(parse_jwt(of_header(fmt::format(R"({{"alg":"HS256","typ":"{}"}})", type)))) ==
          kNoSignIn);
  const auto good = of_header(R"({"alg":"HS256"})");
  REQUIRE(parse_jwt(good));
  // Cut anywhere it is no token: of the signature each end is a shorter one, or stray bits.
  for (std::size_t size = 0; size <= good.rfind('.'); ++size)
    CHECK(answer(parse_jwt(good.substr(0, size))) ==
          (size == good.rfind('.') + 1 ? "ok" : kUnreadable));
  for (const auto& text : {std::string(".."), "." + good, good + ".", good + "=", " " + good,
                           good + "\n", std::string("a.b"), std::string("a.b.c.d.e")})
    CHECK(answer(parse_jwt(text)) == kUnreadable);
}

TEST_CASE("TK10 a token has a bounded size") {
  const auto of_size = [](std::size_t claims) {
    const auto text = R"({"a":")" + std::string(claims, 'x') + R"("})";
    return make_token(R"({"alg":"HS256"})", text, by_secret());
  };
  std::size_t size = 6000;
  while (of_size(size + 1).size() <= kMaxJwtBytes) ++size;
  CHECK(parse_jwt(of_size(size)));
  CHECK(answer(parse_jwt(of_size(size + 1))) == kUnreadable);
  CHECK(answer(parse_jwt(of_size(1'000'000))) == kUnreadable);
}

TEST_CASE("TK10 claims hold between nbf and exp, with a minute for clocks that differ") {
  CHECK(in_time(1, -1) == "ok");
  CHECK(in_time(-59, 0) == "ok");
  CHECK(in_time(-60, 0) == kExpired);
  CHECK(in_time(3600, 60) == "ok");
  CHECK(in_time(3600, 61) == kTooEarly);
  const auto with = [](std::string_view times) {
    return claims_answer(fmt::format(R"({{"sub":"{}"{}}})", kAnna, times));
  };
  CHECK(with(R"(,"exp":1800000000.5)") == "ok");
  CHECK(with(R"(,"exp":1e300)") == "ok");
  CHECK(with(R"(,"exp":-1)") == kExpired);
  CHECK(with("") == "unauthorized: This sign-in does not say when it ends. Sign in again.");
  for (const auto* wrong : {R"(,"exp":"1900000000")", R"(,"exp":1e999)", R"(,"exp":[1])",
                            R"(,"exp":1900000000,"nbf":"0")", R"(,"exp":1900000000,"exp":1)"})
    CHECK(with(wrong) == kUnreadable);
}

TEST_CASE("TK10 claims come from the issuer and are meant for the audience that are set") {
  const auto with = [](std::string_view more, const JwtTerms& terms) {
    return claims_answer(claims_of(kAnna, kNow.ms, more), terms);
  };
  const JwtTerms issuer{.issuer = "https://id.example"}, audience{.audience = "tarot"};
  CHECK(with(R"(,"iss":"https://id.example")", issuer) == "ok");
  CHECK(with(R"(,"iss":"https://id.example/")", issuer) == kOtherProvider);
  CHECK(with(R"(,"iss":["https://id.example"])", issuer) == kOtherProvider);
  CHECK(with("", issuer) == kOtherProvider);
  CHECK(with(R"(,"aud":"tarot")", audience) == "ok");
  CHECK(with(R"(,"aud":["shop","tarot"])", audience) == "ok");
  CHECK(with(R"(,"aud":"shop")", audience) == kOtherService);
  CHECK(with(R"(,"aud":["shop",1,null])", audience) == kOtherService);
  CHECK(with(R"(,"aud":[])", audience) == kOtherService);
  CHECK(with("", audience) == kOtherService);
  CHECK(with(R"(,"iss":1,"aud":2)", {}) == "ok");
}

TEST_CASE("TK10 claims name a user by a UUID") {
  const auto named = [](std::string_view sub) {
    return claims_answer(fmt::format(R"({{{}"exp":1900000000}})", sub));
  };
  const auto anna = user_of_claims(claims_of(kAnna, kNow.ms), {}, kNow);
  REQUIRE(anna);
  CHECK(anna->to_string() == kAnna);
  CHECK(named("") == kNobody);
  CHECK(named(R"("sub":null,)") == kNobody);
  CHECK(named(R"("sub":7,)") == kNobody);
  for (const auto* sub : {"", "anna", "auth0|123", "0190a5f2-7d3c-4e11-8b6a-5f0c2d9e4a0"})
    CHECK(named(fmt::format(R"("sub":"{}",)", sub)) ==
          "account_not_usable: This account cannot be used here, because its id is not a UUID. "
          "Join as a guest, or tell the operator.");
  CHECK(claims_answer("[]") == kUnreadable);
  CHECK(claims_answer(R"({"sub":"a","sub":"b","exp":1})") == kUnreadable);
}

namespace {

std::string set_of(const std::vector<std::string>& keys) {
  return fmt::format(R"({{"keys":[{}]}})", fmt::join(keys, ","));
}

std::string set_answer(const std::string& text) { return answer(parse_jwks(text)); }

}  // namespace

TEST_CASE("TK12 of a key set those are taken that verify by a known algorithm") {
  const auto rsa = [](std::string_view more) {
    return R"({"kty":"RSA","n":"AQAB","e":"AQAB")" + std::string(more) + "}";
  };
  const auto keys = parse_jwks(set_of({
      rsa(R"(,"kid":"a","use":"sig","alg":"RS256","key_ops":["verify"])"),
      R"({"kty":"EC","crv":"P-256","x":"AQ","y":"Ag"})",
      R"({"kty":"OKP","crv":"Ed25519","x":"AQ","kid":"c"})",
      rsa(R"(,"use":"enc")"),
      rsa(R"(,"alg":"RS512")"),
      rsa(R"(,"key_ops":["encrypt"])"),
      R"({"kty":"RSA","n":"AQAB"})",
      R"({"kty":"RSA","n":"AQ=B","e":"AQAB"})",
      R"({"kty":"EC","crv":"P-384","x":"AQ","y":"Ag"})",
      R"({"kty":"oct","k":"c2VjcmV0"})",
      R"({"kty":1})",
      "7",
  }));
  REQUIRE(keys);
  REQUIRE(keys->size() == 3);
  CHECK((*keys)[0].algorithm == JwtAlgorithm::rs256);
  CHECK((*keys)[0].id == "a");
  CHECK((*keys)[0].second == std::vector<std::uint8_t>{1, 0, 1});
  CHECK((*keys)[1].algorithm == JwtAlgorithm::es256);
  CHECK_FALSE((*keys)[1].id);
  CHECK((*keys)[2].algorithm == JwtAlgorithm::eddsa);
}

TEST_CASE("TK12 a text that is no key set, or has no key of use, is refused") {
  CHECK(set_answer("").starts_with("invalid_value: It is no JSON Web Key Set: "));
  CHECK(set_answer("-----BEGIN PUBLIC KEY-----").starts_with("invalid_value: It is no"));
  for (const auto* other : {"{}", R"({"keys":{}})", R"({"keys":null})"})
    CHECK(set_answer(other) ==
          "invalid_value: It is no JSON Web Key Set: it has no list \"keys\".");
  for (const auto& empty : {set_of({}), set_of({R"({"kty":"oct","k":"c2VjcmV0"})"})})
    CHECK(set_answer(empty) ==
          "invalid_value: It has no key for RS256, ES256 or EdDSA (RSA, P-256 or Ed25519, to "
          "verify with).");
  const std::vector<std::string> many(17, R"({"kty":"OKP","crv":"Ed25519","x":"AQ"})");
  CHECK(set_answer(set_of(many)) == "invalid_value: It has 17 keys; 16 is the most.");
  CHECK(set_answer(set_of({many.begin() + 1, many.end()})) == "ok");
}
