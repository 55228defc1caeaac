// The operator's identity provider: whether a JSON Web Token is one of its own, and which user it
// names. Its keys are a secret shared with it, a file of public keys, or both; the file is read
// again when it has changed, and one that cannot be used leaves the keys before it in force.
// Invariant: a token is verified by keys of the kind that its algorithm is for, and by no other.
// Thread safety: one strand.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/signature.h"
#include "net/watched_file.h"
#include "protocol/jwt.h"

namespace tarotforge::net {

class IdentityProvider {
 public:
  struct Options {
    std::string secret{};     // of HS256; empty: there is none
    std::string jwks_file{};  // of RS256, ES256 and EdDSA; empty: there is none
    protocol::JwtTerms terms{};
  };

  // Holders of shorter ones could be found by guessing (RFC 7518, section 3.2).
  static constexpr std::size_t kShortestSecret = 32;

  // invalid_value, with a sentence for operators, where the keys cannot be used.
  static Result<std::shared_ptr<IdentityProvider>> open(Options options, Log& log);

  // unauthorized, account_not_usable. Looks at the file first.
  Result<UserId> user_of(std::string_view token, WallTime now);

 private:
  struct Key {
    protocol::JwtAlgorithm algorithm;
    std::optional<std::string> id;
    PublicKey key;
  };

  IdentityProvider(Options options, Log& log);
  Result<> read_keys();
  void follow_file();
  bool is_signed(const protocol::Jwt& jwt) const;

  std::string secret_;
  protocol::JwtTerms terms_;
  std::optional<WatchedFile> file_;
  std::vector<Key> keys_;
  Log& log_;
};

}  // namespace tarotforge::net
