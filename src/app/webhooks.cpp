#include "app/webhooks.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "base/signature.h"
#include "base/text.h"
#include "protocol/webhook_json.h"

namespace tarotforge::app {

namespace {

constexpr Duration kLook = std::chrono::seconds(1);  // what others committed is told as soon
// An attempt ends within 20 s, and what became of it is written within the store's 5 s.
constexpr Duration kLease = std::chrono::seconds(30);
constexpr std::size_t kCouriers = 8;  // attempts at once for one target, a usual pool of clients

constexpr Duration kFirstPause = std::chrono::seconds(5);
constexpr Duration kLongestPause = std::chrono::hours(6);  // 12 attempts a day at the least

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::size_t kShortestKey = 24, kLongestKey = 64;  // bytes, as Standard Webhooks says

struct Line {  // to one target
  std::string target;
  std::size_t couriers = 0;
};

struct Post {
  House& house;
  WebhookOptions options;
  std::vector<Line> lines{};
};

// What becomes of a webhook that was not taken.
Task<> give_back(House& house, const ports::Webhook& webhook, std::string failure) {
  // A stopping server cuts the attempt short: whoever is next begins it anew.
  const Instant now = house.now();
  if (house.scope.closing())
    co_return co_await house.world.store.give_back_webhook(webhook, now, std::move(failure));
  ++house.counters.webhooks_failed;
  const Instant next = now + webhook_pause(webhook.attempts, house.world.random);
  const auto id = webhook.id.to_string();
  if (next <= webhook.give_up_at) {
    house.world.log.debug("Webhook {} was not taken: {}", id, failure);
    co_return co_await house.world.store.give_back_webhook(webhook, next, std::move(failure));
  }
  ++house.counters.webhooks_given_up;
  house.world.log.warning("Webhook {} is given up after {} attempts: {} Mend that, then replay it.",
                          id, webhook.attempts, failure);
  co_return co_await house.world.store.give_back_webhook(webhook, std::nullopt, std::move(failure));
}

boost::asio::awaitable<void> deliver(Post& post, const ports::Webhook& webhook) {
  auto& house = post.house;
  auto failure = co_await post.options.send(
      webhook_message(webhook, post.options, house.calendar, house.wall(house.now())));
  Result<> written;
  if (failure.empty()) {
    ++house.counters.webhooks_delivered;
    written = co_await house.world.store.forget_webhook(webhook.id);
  } else {
    written = co_await give_back(house, webhook, std::move(failure));
  }
  // Then its lease ends by itself, and it is sent once more.
  if (!written)
    house.world.log.debug("Not noted about webhook {}: {}", webhook.id.to_string(),
                          written.error().sentence());
}

// Delivers one after the other, as long as there are any.
boost::asio::awaitable<void> carry(std::shared_ptr<Post> post, std::size_t line,
                                   ports::Webhook webhook) {
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  auto& house = post->house;
  for (;;) {
    co_await deliver(*post, webhook);
    if (house.scope.closing()) break;
    auto next = co_await house.world.store.claim_webhooks(post->lines[line].target, 1, kLease);
    if (!next || next->empty()) break;
    webhook = std::move(next->front());
  }
  --post->lines[line].couriers;
}

boost::asio::awaitable<void> look_for_work(const std::shared_ptr<Post>& post, std::size_t line) {
  auto& house = post->house;
  auto& [target, couriers] = post->lines[line];
  if (couriers >= kCouriers) co_return;
  auto claimed = co_await house.world.store.claim_webhooks(target, kCouriers - couriers, kLease);
  if (!claimed) co_return;
  for (auto& webhook : *claimed) {
    ++couriers;
    house.scope.spawn([post, line, webhook] { return carry(post, line, webhook); });
  }
}

protocol::WebhookLine line_of(const ports::Webhook& webhook) {
  protocol::WebhookLine line{.id = webhook.id,
                             .ordinal = webhook.ordinal,
                             .target = webhook.target,
                             .event = {webhook.type, webhook.session, webhook.generation,
                                       webhook.participant, webhook.data, webhook.at},
                             .attempts = webhook.attempts,
                             .last_error = webhook.last_error};
  if (!webhook.is_dead) line.due_at = webhook.due_at;
  return line;
}

}  // namespace

Result<std::vector<std::string>> webhook_keys(std::string_view secrets) {
  std::vector<std::string> keys;
  while (!secrets.empty()) {
    const auto comma = std::min(secrets.find(','), secrets.size());
    auto secret = secrets.substr(0, comma);
    secrets.remove_prefix(std::min(comma + 1, secrets.size()));
    while (secret.starts_with(' ')) secret.remove_prefix(1);
    while (secret.ends_with(' ')) secret.remove_suffix(1);
    const bool is_one = secret.starts_with(kSecretPrefix);
    const auto key = base64_decode(is_one ? secret.substr(kSecretPrefix.size()) : secret);
    if (!is_one || !key || key->size() < kShortestKey || key->size() > kLongestKey)
      return Error(ErrorCode::invalid_value,
                   fmt::format("Each must be whsec_ and the base64 of {} to {} random bytes, as "
                               "`echo whsec_$(openssl rand -base64 32)` makes one.",
                               kShortestKey, kLongestKey));
    keys.emplace_back(key->begin(), key->end());
  }
  if (keys.empty() || keys.size() > 2)
    return Error(ErrorCode::invalid_value, "There must be one, or two while it is being changed.");
  return keys;
}

Duration webhook_pause(std::uint32_t attempts, Random& random) {
  auto pause = kFirstPause;
  for (std::uint32_t i = 1; i < attempts && pause < kLongestPause; ++i) pause *= 2;
  pause = std::min(pause, kLongestPause);
  const auto half = static_cast<std::uint32_t>(pause.count() / 2);
  return pause - Duration(random.below(half + 1));
}

WebhookMessage webhook_message(const ports::Webhook& webhook, const WebhookOptions& options,
                               const Calendar& calendar, WallTime now) {
  const auto line = line_of(webhook);
  WebhookMessage message{.target = webhook.target,
                         .id = webhook.id.to_string(),
                         .timestamp = fmt::to_string(now.ms / 1000),
                         .signature = {},
                         .body = protocol::webhook_text(line.event, calendar)};
  const auto text = fmt::format("{}.{}.{}", message.id, message.timestamp, message.body);
  for (const auto& key : options.keys)
    message.signature += fmt::format("{}v1,{}", message.signature.empty() ? "" : " ",
                                     base64(hmac_sha256(key, text)));
  return message;
}

boost::asio::awaitable<void> keep_delivering(House& house, WebhookOptions options) {
  const auto post = std::make_shared<Post>(Post{house, std::move(options)});
  for (const auto& target : post->options.targets) post->lines.push_back({target});
  while (!house.scope.closing()) {
    for (std::size_t line = 0; line < post->lines.size() && !house.scope.closing(); ++line)
      co_await look_for_work(post, line);
    co_await house.world.clock.sleep_until(house.now() + kLook);
  }
}

Task<protocol::Object> list_webhooks(House& house, ports::WebhookFilter filter) {
  auto stored = co_await house.world.store.webhooks(filter);
  if (!stored) co_return std::move(stored).error();
  protocol::Array list;
  for (const auto& each : *stored)
    list.push_back(protocol::webhook_json(line_of(each), house.calendar));
  protocol::Object answer{{"webhooks", std::move(list)}, {"nextAfter", nullptr}};
  if (stored->size() == filter.limit) answer["nextAfter"] = stored->back().ordinal;
  co_return answer;
}

Task<protocol::Object> replay_webhook(House& house, WebhookId id) {
  auto replayed = co_await house.world.store.replay_webhook(id);
  if (!replayed)
    co_return replayed.error().code == ErrorCode::not_found
        ? Error(ErrorCode::not_found, "No webhook with this id waits or is dead: it was delivered.")
        : std::move(replayed).error();
  co_return protocol::webhook_json(line_of(*replayed), house.calendar);
}

}  // namespace tarotforge::app
