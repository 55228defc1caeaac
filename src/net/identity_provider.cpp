#include "net/identity_provider.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocol/jwks.h"

namespace tarotforge::net {

using protocol::JwtAlgorithm;

namespace {

std::optional<PublicKey> public_key(const protocol::JsonWebKey& key) {
  switch (key.algorithm) {
    case JwtAlgorithm::rs256:
      return PublicKey::rsa(key.first, key.second);
    case JwtAlgorithm::es256:
      return PublicKey::p256(key.first, key.second);
    case JwtAlgorithm::eddsa:
      return PublicKey::ed25519(key.first);
    case JwtAlgorithm::hs256:
      break;  // a secret has no public key
  }
  return std::nullopt;
}

Error unusable(const std::string& path, std::string_view why) {
  return {ErrorCode::invalid_value, fmt::format("AUTH_JWKS_FILE = {}: {}", path, why)};
}

}  // namespace

IdentityProvider::IdentityProvider(Options options, Log& log)
    : secret_(std::move(options.secret)), terms_(std::move(options.terms)), log_(log) {
  if (!options.jwks_file.empty()) file_.emplace(std::move(options.jwks_file));
}

Result<std::shared_ptr<IdentityProvider>> IdentityProvider::open(Options options, Log& log) {
  if (!options.secret.empty() && options.secret.size() < kShortestSecret)
    return Error(ErrorCode::invalid_value,
                 fmt::format("AUTH_JWT_SECRET must be at least {} characters, so that nobody can "
                             "guess it.",
                             kShortestSecret));
  std::shared_ptr<IdentityProvider> provider(new IdentityProvider(std::move(options), log));
  if (provider->file_) {
    provider->file_->has_changed();
    TRY(provider->read_keys());
  }
  return provider;
}

Result<> IdentityProvider::read_keys() {
  const auto text = file_->read(protocol::kMaxJwksBytes);
  if (!text) return unusable(file_->path(), text.error().sentence());
  const auto set = protocol::parse_jwks(*text);
  if (!set) return unusable(file_->path(), set.error().sentence());
  std::vector<Key> keys;
  for (const auto& each : *set)
    if (auto key = public_key(each)) keys.push_back({each.algorithm, each.id, *std::move(key)});
  if (keys.empty())
    return unusable(file_->path(), "None of its keys can be used: RSA takes at least 2048 bits.");
  keys_ = std::move(keys);
  return {};
}

void IdentityProvider::follow_file() {
  if (!file_ || !file_->has_changed()) return;
  if (const auto read = read_keys(); !read)
    return log_.error("{} The keys before it stay in force.", read.error().sentence());
  log_.info("The identity provider's keys were read again: {}", keys_.size());
}

bool IdentityProvider::is_signed(const protocol::Jwt& jwt) const {
  if (jwt.algorithm == JwtAlgorithm::hs256)
    return !secret_.empty() &&
           equal_in_constant_time(hmac_sha256(secret_, jwt.signed_text), jwt.signature);
  return std::ranges::any_of(keys_, [&](const Key& key) {
    const bool is_meant = !jwt.key_id || jwt.key_id == key.id;
    return key.algorithm == jwt.algorithm && is_meant &&
           key.key.verifies(jwt.signed_text, jwt.signature);
  });
}

Result<UserId> IdentityProvider::user_of(std::string_view token, WallTime now) {
  follow_file();
  auto jwt = protocol::parse_jwt(token);
  Result<UserId> user = ErrorCode::unauthorized;
  if (!jwt)
    user = std::move(jwt).error();
  else if (!is_signed(*jwt))
    user =
        Error(ErrorCode::unauthorized, "This sign-in was not signed by a key that is known here.");
  else
    user = protocol::user_of_claims(jwt->claims, terms_, now);
  if (!user) log_.debug("A sign-in was refused: {}", user.error().sentence());
  return user;
}

}  // namespace tarotforge::net
