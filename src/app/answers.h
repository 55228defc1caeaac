// Answers to create and join, remembered under idempotency keys so that a lost one can be given
// again. They hold secrets that are given once, the token and the restore key: the store keeps
// them sealed with the asker's key, and of that key a digest, so that nobody who reads the store
// can use them.
#pragma once

#include <optional>

#include "app/sessions.h"

namespace tarotforge::app {

// What was answered before under this key: an answer to give again, nothing, or
// idempotency_key_reused.
Task<std::optional<protocol::Object>> answered_before(House& house, Origin origin);

// What the store shall keep of an answer; nothing where the request had no key.
std::optional<ports::StoredAnswer> remembered(const House& house, const Origin& origin,
                                              const protocol::Object& answer);

}  // namespace tarotforge::app
