// The identity provider: which keys verify which tokens, and how its file is followed.
#include "net/identity_provider.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"
#include "tests/support/test_log.h"
#include "tests/support/token_maker.h"

using namespace tarotforge;
using namespace tarotforge::test;
using Kind = SigningKey::Kind;

namespace {

constexpr WallTime kNow{1'800'000'000'000};

const SigningKey& key_of(Kind kind) {
  static const SigningKey rsa(Kind::rsa), p256(Kind::p256), ed25519(Kind::ed25519);
  return kind == Kind::rsa ? rsa : kind == Kind::p256 ? p256 : ed25519;
}

std::string header(std::string_view algorithm, std::string_view more = "") {
  return fmt::format(R"({{"alg":"{}"{}}})", algorithm, more);
}

// A token of Anna, as a usual one but for its header.
std::string token(std::string_view header, const Signer& signer) {
  return make_token(header, claims_of(kAnna, kNow.ms), signer);
}

class Provider {
 public:
  explicit Provider(const std::vector<std::string>& keys, std::string secret = "")
      : options_{.secret = std::move(secret)} {
    if (!keys.empty()) {
      write(keys);
      options_.jwks_file = file();
    }
    open();
  }

  std::string file() const { return folder_.file("jwks.json"); }
  // As one that is put in the place of another, so that it has another number.
  void write(const std::vector<std::string>& keys) {
    write_text(fmt::format(R"({{"keys":[{}]}})", fmt::join(keys, ",")));
  }
  void write_text(const std::string& text) {
    const auto next = folder_.file("next.json");
    std::ofstream(next) << text;
    std::filesystem::rename(next, file());
  }

  bool takes(const std::string& token) {
    const auto user = provider_->user_of(token, kNow);
    CHECK((!user || user->to_string() == kAnna));
    return user.has_value();
  }

  TestLog log;

 private:
  void open() {
    auto opened = net::IdentityProvider::open(options_, log);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    provider_ = *std::move(opened);
  }

  TemporaryFolder folder_;
  net::IdentityProvider::Options options_;
  std::shared_ptr<net::IdentityProvider> provider_;
};

}  // namespace

TEST_CASE("TK9 a token of each algorithm is verified by its key") {
  Provider provider(
      {key_of(Kind::rsa).jwk("r"), key_of(Kind::p256).jwk("e"), key_of(Kind::ed25519).jwk("o")},
      kSecret);
  CHECK(provider.takes(token(header("HS256"), by_secret())));
  for (const auto kind : {Kind::rsa, Kind::p256, Kind::ed25519}) {
    const auto& key = key_of(kind);
    const auto* id = kind == Kind::rsa ? "r" : kind == Kind::p256 ? "e" : "o";
    CHECK(provider.takes(token(header(key.algorithm()), by(key))));
    CHECK(
        provider.takes(token(header(key.algorithm(), fmt::format(R"(,"kid":"{}")", id)), by(key))));
    CHECK_FALSE(provider.takes(token(header(key.algorithm(), R"(,"kid":"x")"), by(key))));
    CHECK_FALSE(provider.takes(token(header(key.algorithm()), by(SigningKey(kind)))));
  }
}

TEST_CASE("TK10 a token whose header, claims or signature was changed is refused") {
  const auto& key = key_of(Kind::p256);
  Provider provider({key.jwk("e")}, kSecret);
  for (const auto& good : {token(header("HS256"), by_secret()), token(header("ES256"), by(key))}) {
    REQUIRE(provider.takes(good));
    const auto last = good.rfind('.');
    const auto other = make_token(header("HS256"), claims_of(kBela, kNow.ms), by_nobody());
    const auto first = good.find('.');
    // Another's claims under Anna's signature, and no signature at all.
    CHECK_FALSE(provider.takes(good.substr(0, first) + other.substr(other.find('.')) +
                               good.substr(last + 1)));
    CHECK_FALSE(provider.takes(good.substr(0, last + 1)));
    for (std::size_t at = 0; at < good.size(); at += 5) {
      auto changed = good;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      CHECK_FALSE(provider.takes(changed));
    }
    for (std::size_t size = 0; size < good.size(); size += 3)
      CHECK_FALSE(provider.takes(good.substr(0, size)));
  }
}

TEST_CASE("TK11 a key verifies by its own algorithm alone") {
  const auto& rsa = key_of(Kind::rsa);
  const auto& p256 = key_of(Kind::p256);
  const auto jwk = rsa.jwk("r");
  Provider keys_alone({jwk, p256.jwk("e")});
  // The public key is no secret: neither it nor an empty text signs HS256 where none is shared.
  for (const auto& secret : {jwk, std::string(), std::string("r")})
    CHECK_FALSE(keys_alone.takes(token(header("HS256", R"(,"kid":"r")"), by_secret(secret))));
  Provider with_secret({jwk}, kSecret);
  CHECK_FALSE(with_secret.takes(token(header("HS256"), by_secret(jwk))));
  CHECK_FALSE(
      with_secret.takes(token(header("HS256"), by_secret("another secret of some length"))));
  CHECK_FALSE(with_secret.takes(token(header("RS256"), by_secret())));
  CHECK_FALSE(keys_alone.takes(token(header("ES256", R"(,"kid":"r")"), by(p256))));
  CHECK_FALSE(keys_alone.takes(token(header("ES256"), by(rsa))));
  for (const auto* none : {"none", "None", "NONE", ""})
    CHECK_FALSE(with_secret.takes(token(header(none), by_nobody())));
  Provider secret_alone({}, kSecret);
  CHECK_FALSE(secret_alone.takes(token(header("RS256"), by(rsa))));
}

TEST_CASE("TK11 a key that the token brings, or says where to find, is not used") {
  const SigningKey own(Kind::ed25519);
  Provider provider({key_of(Kind::ed25519).jwk("o")}, kSecret);
  const auto file = provider.file();
  for (const auto& more :
       {R"(,"jwk":)" + own.jwk("o"), std::string(R"(,"jku":"https://127.0.0.1/jwks.json")"),
        std::string(R"(,"x5u":"file:///dev/null","kid":"o")"), fmt::format(R"(,"kid":"{}")", file),
        std::string(R"(,"kid":"../../../../dev/null")"), std::string(R"(,"kid":"o' or 1=1 --")")})
    CHECK_FALSE(provider.takes(token(header("EdDSA", more), by(own))));
  CHECK_FALSE(provider.takes(token(header("HS256", R"(,"kid":"/dev/null")"), by_secret(""))));
}

TEST_CASE("TK12 keys are rotated by the file") {
  const SigningKey old_key(Kind::p256), new_key(Kind::p256);
  Provider provider({old_key.jwk("old")});
  const auto by_old = token(header("ES256", R"(,"kid":"old")"), by(old_key));
  const auto by_new = token(header("ES256", R"(,"kid":"new")"), by(new_key));
  CHECK(provider.takes(by_old));
  CHECK_FALSE(provider.takes(by_new));
  provider.write({old_key.jwk("old"), new_key.jwk("new")});
  CHECK(provider.takes(by_old));
  CHECK(provider.takes(by_new));
  provider.write({new_key.jwk("new")});
  CHECK_FALSE(provider.takes(by_old));
  CHECK(provider.takes(by_new));

  SUBCASE("one that cannot be used leaves the keys before it") {
    provider.write_text("not yet written");
    CHECK(provider.takes(by_new));
    CHECK(provider.takes(by_new));
    CHECK(provider.log.count(LogLevel::error, "The keys before it stay in force.") == 1);
    provider.write({old_key.jwk("old")});
    CHECK(provider.takes(by_old));
    CHECK_FALSE(provider.takes(by_new));
  }
  SUBCASE("one that is gone too") {
    std::filesystem::remove(provider.file());
    CHECK(provider.takes(by_new));
    CHECK(provider.log.count(LogLevel::error, "No such file") == 1);
  }
}

TEST_CASE("TK12 keys that cannot be used stop the start with one sentence") {
  TestLog log;
  TemporaryFolder folder;
  const auto refusal = [&](net::IdentityProvider::Options options) {
    const auto opened = net::IdentityProvider::open(std::move(options), log);
    REQUIRE_FALSE(opened);
    return std::string(opened.error().sentence());
  };
  const auto file = folder.file("jwks.json");
  CHECK(refusal({.jwks_file = file}) ==
        fmt::format("AUTH_JWKS_FILE = {}: It cannot be read: No such file or directory.", file));
  std::ofstream(file) << R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})";
  CHECK(refusal({.jwks_file = file}).ends_with("RSA takes at least 2048 bits."));
  std::ofstream(file) << std::string(300 * 1024, ' ');
  CHECK(refusal({.jwks_file = file}).ends_with("It is longer than 256 KB."));
  CHECK(refusal({.jwks_file = folder.path().string()}).find("cannot be read") != std::string::npos);
  CHECK(refusal({.secret = std::string(31, 's')}) ==
        "AUTH_JWT_SECRET must be at least 32 characters, so that nobody can guess it.");
}
