#include "net/webhook_sender.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "net/name_lookup.h"
#include "net/webhook_target.h"

namespace tarotforge::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::size_t kMostAnswer = 16'384;  // bytes; nothing of it is used but the status
constexpr std::size_t kMostHead = 8'192;

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Post = http::request<http::string_body>;

// What to say of an attempt that failed.
struct Untaken {
  std::string sentence;
};

std::vector<tcp::endpoint> allowed(const FoundName& name, const WebhookTarget& target,
                                   bool private_allowed) {
  if (!name.mistake.empty())
    throw Untaken{fmt::format("The host {} was not found: {}.", target.host, name.mistake)};
  if (name.endpoints.empty())
    throw Untaken{fmt::format("The host {} was not found in time.", target.host)};
  auto endpoints = name.endpoints;
  if (!private_allowed)
    std::erase_if(endpoints, [](const tcp::endpoint& endpoint) {
      return is_private(Address::of(endpoint.address()));
    });
  if (endpoints.empty())
    throw Untaken{
        fmt::format("{} is on a private network. If it shall be told, set "
                    "WEBHOOK_PRIVATE_TARGETS=on.",
                    target.host)};
  return endpoints;
}

Post request_of(const app::WebhookMessage& message, const WebhookTarget& target,
                const std::string& user_agent) {
  Post request(http::verb::post, target.path, 11);
  request.set(http::field::host, target.authority());
  request.set(http::field::user_agent, user_agent);
  request.set(http::field::content_type, "application/json");
  request.set("webhook-id", message.id);
  request.set("webhook-timestamp", message.timestamp);
  request.set("webhook-signature", message.signature);
  request.keep_alive(false);
  request.body() = message.body;
  request.prepare_payload();
  return request;
}

// The status. Of the rest only as much is read as makes for a polite end.
template <class Stream>
asio::awaitable<int> ask(Stream& stream, const Post& request) {
  co_await http::async_write(stream, request, asio::use_awaitable);
  beast::flat_buffer buffer(2 * kMostHead);
  http::response_parser<http::buffer_body> parser;
  parser.header_limit(kMostHead);
  parser.body_limit(boost::none);
  co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
  std::array<char, 4096> unused;
  for (std::size_t read = 0; read < kMostAnswer && !parser.is_done(); read += unused.size()) {
    parser.get().body() = {unused.data(), unused.size(), true};
    boost::system::error_code error;
    co_await http::async_read(stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    if (error && error != http::error::need_buffer) break;
  }
  co_return parser.get().result_int();
}

asio::awaitable<void> shake_hands(TlsStream& stream, const WebhookTarget& target) {
  boost::system::error_code is_name;
  asio::ip::make_address(target.host, is_name);
  if (is_name) SSL_set_tlsext_host_name(stream.native_handle(), target.host.c_str());
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(target.host));
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
}

std::string verdict(int status) {
  if (status >= 200 && status < 300) return {};
  if (status >= 300 && status < 400)
    return fmt::format("The receiver answered {}; redirects are not followed.", status);
  return fmt::format("The receiver answered {}.", status);
}

std::string sentence(const boost::system::error_code& error) {
  if (error == beast::error::timeout) return "The receiver did not answer in time.";
  if (error == http::error::end_of_stream)
    return "The receiver closed the connection without an answer.";
  return fmt::format("The receiver could not be asked: {}.", error.message());
}

}  // namespace

// Under way from here to the end of its block.
struct WebhookSender::Ongoing {
  Ongoing(WebhookSender& the_sender, std::function<void()> end)
      : sender(the_sender), self(sender.ongoing_.insert(sender.ongoing_.end(), std::move(end))) {}
  Ongoing(const Ongoing&) = delete;
  Ongoing& operator=(const Ongoing&) = delete;
  ~Ongoing() { sender.ongoing_.erase(self); }

  WebhookSender& sender;
  std::list<std::function<void()>>::iterator self;
};

WebhookSender::WebhookSender(asio::io_context& context, Options options)
    : context_(context), options_(std::move(options)), tls_(asio::ssl::context::tls_client) {
  SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
  boost::system::error_code ignored;  // without certificates nobody is trusted
  tls_.set_default_verify_paths(ignored);
}

void WebhookSender::stop() {
  stopped_ = true;
  for (const auto& end : ongoing_) end();
}

asio::awaitable<std::string> WebhookSender::send(app::WebhookMessage message) {
  co_await asio::this_coro::throw_if_cancelled(false);
  try {
    co_return co_await exchange(std::move(message));
  } catch (const Untaken& untaken) {
    co_return untaken.sentence;
  } catch (const boost::system::system_error& error) {
    co_return sentence(error.code());
  }
}

asio::awaitable<std::string> WebhookSender::exchange(app::WebhookMessage message) {
  const auto parsed = WebhookTarget::parse(message.target);
  if (!parsed) throw Untaken{std::string(parsed.error().sentence())};
  const WebhookTarget& target = *parsed;
  NameLookup lookup(context_.get_executor());
  const auto until_connected = std::chrono::steady_clock::now() + options_.deadline;
  TlsStream stream(context_, tls_);
  auto& socket = beast::get_lowest_layer(stream);
  const Ongoing ongoing(*this, [&lookup, &socket] {
    lookup.stop();
    socket.close();
  });
  const auto require_going = [this] {
    if (stopped_) throw Untaken{"The server is stopping."};
  };
  require_going();
  const auto found = co_await lookup.find(target.host, target.port, until_connected);
  require_going();
  const auto endpoints = allowed(found, target, options_.private_allowed);
  socket.expires_at(until_connected);
  co_await socket.async_connect(endpoints, asio::use_awaitable);
  require_going();
  if (target.is_https) co_await shake_hands(stream, target);
  const auto request = request_of(message, target, options_.user_agent);
  socket.expires_after(options_.deadline);
  if (target.is_https) co_return verdict(co_await ask(stream, request));
  co_return verdict(co_await ask(socket, request));
}

}  // namespace tarotforge::net
