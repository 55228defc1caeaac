#include "net/http_connections.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

#include "net/response_text.h"
#include "net/router.h"
#include "net/stream.h"
#include "net/upgrade.h"

namespace tarotforge::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Parser = http::request_parser<http::string_body>;

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
    case http::verb::head:
      return Method::get;
    case http::verb::post:
      return Method::post;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::del;
    case http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

// "/path?query" of the forms that a request's target has (RFC 9112, section 3.2); empty where it
// has none of them.
std::string_view origin_form(std::string_view target) {
  if (target.starts_with('/')) return target;
  const auto scheme_end = target.find("://");
  if (scheme_end == std::string_view::npos) return target == "*" ? "/" : "";
  const auto path = target.find('/', scheme_end + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

Result<Request> request_of(const Parser& parser) {
  const auto& message = parser.get();
  Request request{.method = method_of(message.method()),
                  .is_head = message.method() == http::verb::head,
                  .version = message.version()};
  const auto target = origin_form(message.target());
  if (target.empty()) return ErrorCode::malformed;
  const auto query = std::min(target.find('?'), target.size());
  request.path = target.substr(0, query);
  request.query = target.substr(std::min(query + 1, target.size()));
  for (const auto& field : message) request.add_header(field.name_string(), field.value());
  if (request.version >= 11 && message.count(http::field::host) != 1)
    return Error(ErrorCode::malformed, "A request must have one Host header.");
  // A body whose end cannot be known must not be taken for the next request.
  if (message.count(http::field::transfer_encoding) && !parser.chunked())
    return Error(ErrorCode::malformed, "Only the transfer coding \"chunked\" is understood.");
  return request;
}

}  // namespace

class HttpConnections::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(HttpConnections& all, TcpSocket socket, Place place)
      : all_(all),
        stream_(std::move(socket), all.limits_.unsent_bytes),
        timer_(stream_.executor()),
        place_(std::move(place)) {
    all_.open_.insert(this);
  }
  ~Connection() { all_.open_.erase(this); }

  asio::awaitable<void> run();
  bool is_idle() const { return is_idle_; }
  void cancel() { stream_.cancel(); }
  void abort() { stream_.close(); }

 private:
  using Received = Result<std::optional<Request>>;  // nothing: the connection is over

  asio::awaitable<Received> receive();
  asio::awaitable<Received> receive_head(Parser& parser);
  asio::awaitable<Result<bool>> parse(Parser& parser, bool (Parser::*done)() const);
  bool is_short_end(const Parser& parser) const;
  asio::awaitable<bool> secure();
  asio::awaitable<bool> write(Response response, bool is_head);
  asio::awaitable<void> linger();
  asio::awaitable<bool> upgrade(const Request& request);
  Address client_of(const Request& request);
  Error refusal_of(boost::system::error_code error, const Parser& parser) const;
  void limit(Duration time);
  void unlimit();

  HttpConnections& all_;
  Stream stream_;
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
  boost::beast::flat_buffer buffer_;
  Place place_;                   // of the peer
  std::uint32_t time_limit_ = 0;  // which one is in force; an older one's end means nothing
  bool is_first_ = true;
  bool is_idle_ = false;
  bool timed_out_ = false;
  bool keep_alive_ = true;
};

void HttpConnections::Connection::limit(Duration time) {
  timed_out_ = false;
  timer_.expires_after(time);
  timer_.async_wait([weak = weak_from_this(), number = ++time_limit_](auto error) {
    const auto self = weak.lock();
    if (error || !self || self->time_limit_ != number) return;
    self->timed_out_ = true;
    self->cancel();
  });
}

void HttpConnections::Connection::unlimit() {
  ++time_limit_;
  timer_.cancel();
}

// Whether the connection goes on, in TLS.
asio::awaitable<bool> HttpConnections::Connection::secure() {
  limit(all_.limits_.handshake);
  is_idle_ = true;
  const auto opening = co_await stream_.secure(*all_.site_.certificate);
  is_idle_ = false;
  unlimit();
  if (opening == Stream::Opening::not_tls) {
    keep_alive_ = false;
    const Error plain(ErrorCode::malformed,
                      "This address speaks HTTPS alone: ask with https:// in place of http://.");
    if (co_await write(problem_answer(all_.site_.house, plain, {}), false)) co_await linger();
  }
  co_return opening == Stream::Opening::secured;
}

Error HttpConnections::Connection::refusal_of(boost::system::error_code error,
                                              const Parser& parser) const {
  if (error == http::error::body_limit) return ErrorCode::too_large;
  if (error != http::error::header_limit) return ErrorCode::malformed;
  // Where the first line has not come to its end, its length is the trouble.
  const auto target = parser.get().target().size();
  const bool long_target = target == 0 || target > all_.limits_.target_bytes;
  return long_target ? ErrorCode::uri_too_long : ErrorCode::headers_too_large;
}

Address HttpConnections::Connection::client_of(const Request& request) {
  const auto forwarded = request.header("x-forwarded-for");
  const auto& site = all_.site_;
  if (!forwarded.empty() && !site.trusted_proxies.contain(place_.address()) &&
      !std::exchange(all_.has_warned_, true))
    site.house.world.log.warning(
        "Requests come with X-Forwarded-For from {}, which TRUSTED_PROXIES does not name: they "
        "count as that address's",
        place_.address().to_string());
  return net::client_of(place_.address(), forwarded, site.trusted_proxies);
}

// Beast takes it for a bug to be asked about the last chunk's line and one byte more.
bool HttpConnections::Connection::is_short_end(const Parser& parser) const {
  constexpr std::string_view kLastLine = "0\r\n";
  const auto held = buffer_.data();
  const std::string_view text(static_cast<const char*>(held.data()), held.size());
  return parser.is_header_done() && parser.chunked() && text.size() == kLastLine.size() + 1 &&
         text.starts_with(kLastLine);
}

// Reads until the parser has what is asked for; false where the connection is over before.
asio::awaitable<Result<bool>> HttpConnections::Connection::parse(Parser& parser,
                                                                 bool (Parser::*done)() const) {
  const bool in_head = !parser.is_header_done();
  std::size_t taken = 0;
  while (!(parser.*done)()) {
    boost::system::error_code error = http::error::need_more;
    if (buffer_.size() > 0 && !is_short_end(parser)) {
      const auto bytes = parser.put(buffer_.data(), error);
      buffer_.consume(bytes);
      taken += bytes;
    }
    if (error && error != http::error::need_more) co_return refusal_of(error, parser);
    // Beast's limit passes over the fields that it has taken, and over what stands around chunks.
    const auto waiting = error ? buffer_.size() : 0;
    if (in_head && taken + waiting > all_.limits_.head_bytes)
      co_return refusal_of(http::error::header_limit, parser);
    if (waiting > all_.limits_.head_bytes) co_return ErrorCode::too_large;
    if ((parser.*done)() || !error) continue;
    if (co_await stream_.fill(buffer_)) continue;
    if (timed_out_) co_return ErrorCode::request_timeout;
    co_return false;
  }
  co_return true;
}

asio::awaitable<HttpConnections::Connection::Received> HttpConnections::Connection::receive_head(
    Parser& parser) {
  auto whole = co_await parse(parser, &Parser::is_header_done);
  if (!whole) co_return std::move(whole).error();
  if (!*whole) co_return std::optional<Request>();
  if (parser.get().target().size() > all_.limits_.target_bytes) co_return ErrorCode::uri_too_long;
  auto request = request_of(parser);
  if (!request) co_return std::move(request).error();
  request->client = client_of(*request);
  co_return std::optional(*std::move(request));
}

asio::awaitable<HttpConnections::Connection::Received> HttpConnections::Connection::receive() {
  const auto& limits = all_.limits_;
  // A stranger's first request has one deadline with the connection itself.
  limit(is_first_ ? limits.head : limits.keep_alive);
  if (buffer_.size() == 0) {
    is_idle_ = true;
    const bool something = co_await stream_.fill(buffer_);
    is_idle_ = false;
    if (!something) co_return std::optional<Request>();
  }
  if (!is_first_) limit(limits.head);
  is_first_ = false;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  parser.body_limit(limits.body_bytes);
  keep_alive_ = false;  // what cannot be read ends the connection
  auto request = co_await receive_head(parser);
  if (!request || !*request) co_return request;
  parser.eager(true);
  if (!parser.is_done()) {
    limit(limits.body);
    if (equal_ignoring_case((*request)->header("expect"), "100-continue") && buffer_.size() == 0)
      co_await stream_.write("HTTP/1.1 100 Continue\r\n\r\n", {});
    auto whole = co_await parse(parser, &Parser::is_done);
    if (!whole) co_return std::move(whole).error();
    if (!*whole) co_return std::optional<Request>();
  }
  unlimit();
  keep_alive_ = parser.get().keep_alive();
  (*request)->body = std::move(parser.get().body());
  co_return request;
}

asio::awaitable<bool> HttpConnections::Connection::write(Response response, bool is_head) {
  const auto& house = all_.site_.house;
  keep_alive_ = keep_alive_ && !all_.site_.draining;
  const auto head =
      response_head(response, {keep_alive_, is_https(house), house.wall(house.now())});
  limit(all_.limits_.answer);
  const bool written = co_await stream_.write(head, is_head ? "" : response.content());
  unlimit();
  co_return written;
}

// Closing with unread bytes would reset the connection, and with it the answer just sent.
asio::awaitable<void> HttpConnections::Connection::linger() {
  stream_.end();
  limit(all_.limits_.close);
  do buffer_.clear();
  while (co_await stream_.fill(buffer_));
  unlimit();
}

asio::awaitable<bool> HttpConnections::Connection::upgrade(const Request& request) {
  auto& site = all_.site_;
  const auto accepted = accept_socket(site, request);
  if (!accepted) co_return co_await write(accepted.error(), request.is_head);
  // A proxy's connections are not its own.
  if (request.client != place_.address()) {
    auto place = site.rates.connect(request.client);
    if (!place) co_return co_await write(problem_answer(site.house, place.error(), {}), false);
    place_ = *std::move(place);
  }
  limit(all_.limits_.answer);
  const bool written = co_await stream_.write(*accepted, {});
  unlimit();
  auto transport = written ? stream_.release() : std::nullopt;
  const auto rest = buffer_.data();
  if (transport)
    all_.adopt_(*std::move(transport), std::move(place_),
                {static_cast<const char*>(rest.data()), rest.size()}, login_of(site, request));
  co_return false;
}

asio::awaitable<void> HttpConnections::Connection::run() {
  auto& site = all_.site_;
  bool goes_on = !site.certificate || co_await secure();
  while (goes_on) {
    auto request = co_await receive();
    if (request && !*request) co_return;
    if (!request) {
      goes_on = co_await write(problem_answer(site.house, request.error(), {}), false);
    } else if ((*request)->path == kSocketPath) {
      goes_on = co_await upgrade(**request);
    } else {
      auto response = co_await answer(site, **request);
      goes_on = co_await write(std::move(response), (*request)->is_head);
    }
    if (goes_on && (!keep_alive_ || site.draining)) {
      co_await linger();
      co_return;
    }
  }
}

asio::awaitable<void> HttpConnections::serve(TcpSocket socket, Place place) {
  const auto connection = std::make_shared<Connection>(*this, std::move(socket), std::move(place));
  co_await connection->run();
}

void HttpConnections::close_idle() {
  for (auto* connection : open_)
    if (connection->is_idle()) connection->cancel();
}

void HttpConnections::abort_all() {
  for (auto* connection : open_) connection->abort();
}

}  // namespace tarotforge::net
