#include "app/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/marks.h"
#include "base/text.h"
#include "protocol/json_text.h"

namespace tarotforge::app {

using protocol::Object;

namespace {

constexpr const char* kSecrets[] = {"token", "restoreKey"};

Digest derive(const Origin& origin, std::string_view purpose) {
  return sha256(fmt::format("tarotforge {}\n{}\n{}", purpose, origin.key->to_string(),
                            hex(origin.body_hash)));
}

// The key as the store knows it: whoever asks again can make it, and it cannot be turned back.
IdempotencyKey stored_key(const Origin& origin) {
  const auto digest = sha256("tarotforge idempotency key\n" + origin.key->to_string());
  IdempotencyKey key;
  std::copy_n(digest.begin(), key.bytes.size(), key.bytes.begin());
  return key;
}

// A secret is 256 random bits and is sealed once under its own pad: sealing twice opens it.
std::string sealed(const Origin& origin, std::string_view name, std::string_view secret) {
  auto bytes = base64url_decode(secret);
  const auto pad = derive(origin, name);
  check(bytes && bytes->size() == pad.size(), "a secret has 256 bits");
  for (std::size_t i = 0; i < pad.size(); ++i) (*bytes)[i] ^= pad[i];
  return base64url(*bytes);
}

void seal(const Origin& origin, Object& answer) {
  for (const auto* name : kSecrets)
    if (auto* secret = answer.if_contains(name))
      *secret = sealed(origin, name, std::string_view(secret->as_string()));
}

}  // namespace

Task<std::optional<Object>> answered_before(House& house, Origin origin) {
  if (!origin.key) co_return std::optional<Object>();
  auto stored = co_await house.world.store.recall(origin.caller, stored_key(origin));
  if (!stored) co_return std::move(stored).error();
  if (!*stored) co_return std::optional<Object>();
  if ((*stored)->body_hash != origin.body_hash) co_return ErrorCode::idempotency_key_reused;
  TF_REACHED(answer_repeated);
  auto answer = protocol::parse_own((*stored)->answer);
  seal(origin, answer);
  co_return answer;
}

std::optional<ports::StoredAnswer> remembered(const House& house, const Origin& origin,
                                              const Object& answer) {
  if (!origin.key) return std::nullopt;
  auto kept = answer;
  seal(origin, kept);
  return ports::StoredAnswer{origin.caller, stored_key(origin), origin.body_hash,
                             protocol::to_text(kept), house.now()};
}

}  // namespace tarotforge::app
