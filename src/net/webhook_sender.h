// Sends one webhook after the other over connections of their own: looks the name up, connects to
// an address that it has judged, and no other, verifies who is there by the system's certificates,
// and follows no redirect. Ends within twice its deadline, whatever the receiver does.
// Thread safety: one strand, that of its io_context.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <list>
#include <string>

#include "app/webhooks.h"

namespace tarotforge::net {

class WebhookSender {
 public:
  struct Options {
    bool private_allowed = false;
    std::string user_agent = "TarotForge";
    Duration deadline{std::chrono::seconds(10)};  // to connect, and then to answer
  };
  WebhookSender(boost::asio::io_context& context, Options options);
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;

  // Why it was not taken, as a sentence; empty where the receiver answered 2xx.
  boost::asio::awaitable<std::string> send(app::WebhookMessage message);

  void stop();  // ends what is under way, and sends nothing more

 private:
  struct Ongoing;
  boost::asio::awaitable<std::string> exchange(app::WebhookMessage message);

  boost::asio::io_context& context_;
  Options options_;
  boost::asio::ssl::context tls_;
  std::list<std::function<void()>> ongoing_;  // how each is ended
  bool stopped_ = false;
};

}  // namespace tarotforge::net
