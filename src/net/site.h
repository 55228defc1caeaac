// What the routes answer from, and the answers that several of them share.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/cleanup.h"
#include "app/dashboard.h"
#include "app/house.h"
#include "app/metrics.h"
#include "net/assets.h"
#include "net/http.h"
#include "net/identity_provider.h"
#include "net/operators.h"
#include "net/origins.h"
#include "net/rate_limits.h"
#include "net/tls.h"
#include "protocol/problem.h"

namespace tarotforge::net {

struct Site {
  app::House& house;
  app::SessionCleanupService& cleanup;
  app::Figures& figures;
  app::Metrics& metrics;
  app::Dashboard& dashboard;
  RateLimits& rates;
  Operators& operators;
  Origins origins;
  std::span<const Asset> assets;
  bool public_metrics;  // /metrics without the operator's token
  const std::size_t& connections_limit;
  std::function<std::uint64_t()> connections;  // open ones, sockets and HTTP
  Instant started_at;
  Networks trusted_proxies{};
  std::shared_ptr<IdentityProvider> identity_provider{};  // none: everybody is a guest
  std::shared_ptr<TlsCertificate> certificate{};          // none: plain HTTP
  bool draining = false;
};

// Whether people reach the site over https, as PUBLIC_URL says.
bool is_https(const app::House& house);

// Restoring is offered to the host alone: `token` is what the asker came with.
protocol::RestoreAction restore_for(const app::House& house, const Error& error,
                                    std::string_view token);
// Both count the refusal.
std::string problem_text(app::House& house, const Error& error, protocol::RestoreAction restore);
Response problem_answer(app::House& house, const Error& error, std::string_view token);

// What an operation's key is bound to, the same over HTTP and over a channel: its fields in order
// of their names, without the key.
Digest operation_hash(const protocol::Object& request);

}  // namespace tarotforge::net
