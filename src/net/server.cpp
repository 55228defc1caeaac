#include "net/server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/http_connections.h"
#include "net/listen_address.h"
#include "net/process_numbers.h"
#include "net/realtime.h"
#include "net/response_text.h"
#include "net/site.h"

namespace tarotforge::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kOtherFiles = 64;        // database, log, pipes
constexpr Duration kDrainLook = Duration(20);  // how often a draining server looks whether all left
constexpr Duration kForcedEnd = Duration(500);    // kept back for closing those who did not leave
constexpr Duration kAcceptPause = Duration(100);  // after running out of files
constexpr Duration kCertificateLook = std::chrono::minutes(1);

// Takes as many open files as the system lets this process have, and says how many.
std::size_t raise_file_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 1024;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  getrlimit(RLIMIT_NOFILE, &files);
  return files.rlim_cur;
}

}  // namespace

struct Server::Front {
  Front(app::House& the_house, app::SessionCleanupService& cleanup, asio::io_context& the_context,
        Options chosen)
      : house(the_house),
        options(std::move(chosen)),
        context(the_context),
        scope(context.get_executor()),
        figures(house, cleanup, resident_bytes),
        metrics(figures),
        dashboard(house, figures, scope),
        rates(options.limits.rates, house.world.random),
        operators(options.admin_token, house.world.random),
        site{.house = house,
             .cleanup = cleanup,
             .figures = figures,
             .metrics = metrics,
             .dashboard = dashboard,
             .rates = rates,
             .operators = operators,
             .origins = Origins(house.settings.public_url, options.allowed_origins),
             .assets = options.assets,
             .public_metrics = options.public_metrics,
             .connections_limit = options.limits.connections,
             .connections = [this] { return http.size() + realtime.size(); },
             .started_at = house.now(),
             .trusted_proxies = options.trusted_proxies,
             .identity_provider = options.identity_provider,
             .certificate = options.certificate},
        realtime(house, dashboard, scope, options.limits, rates, operators, context),
        http(site, options.limits,
             [this](Transport transport, Place place, std::string already_read,
                    std::optional<Login> login) {
               realtime.adopt(std::move(transport), std::move(place), std::move(already_read),
                              login);
             }),
        acceptor(context.get_executor()) {}

  Result<> listen();
  asio::awaitable<void> accept_all();
  asio::awaitable<void> follow_certificate();
  void admit(TcpSocket socket);
  Result<Place> place_of(const Address& peer);
  void refuse(TcpSocket socket, const Error& error);
  bool is_full() const {
    return http.size() + realtime.size() >= options.limits.connections ||
           http.size() >= options.limits.http_connections;
  }

  app::House& house;
  Options options;
  asio::io_context& context;
  app::Scope scope;
  app::Figures figures;
  app::Metrics metrics;
  app::Dashboard dashboard;
  RateLimits rates;
  Operators operators;
  Site site;
  Realtime realtime;
  HttpConnections http;
  TcpAcceptor acceptor;
  std::uint16_t port = 0;
};

Result<> Server::Front::listen() {
  TRY_ASSIGN(const auto endpoint, parse_listen_address(options.listen));
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(TcpAcceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return listen_refusal(options.listen, endpoint, error);
  port = acceptor.local_endpoint(error).port();
  const auto files = raise_file_limit();
  if (files <= kOtherFiles)
    return Error(ErrorCode::internal,
                 fmt::format("This process may have only {} files open. Allow it more than {}, "
                             "best 20,000 (ulimit -n, or LimitNOFILE= of the service).",
                             files, kOtherFiles));
  options.limits.connections = std::min(options.limits.connections, files - kOtherFiles);
  return {};
}

asio::awaitable<void> Server::Front::accept_all() {
  while (!site.draining) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (site.draining) co_return;
    if (error) {
      co_await house.world.clock.sleep_until(house.now() + kAcceptPause);
    } else {
      admit(std::move(socket));
    }
  }
}

Result<Place> Server::Front::place_of(const Address& peer) {
  // The many connections of a proxy are its clients'.
  if (options.trusted_proxies.contain(peer)) return Place(nullptr, peer);
  // To shake hands costs more than most requests do.
  if (options.certificate) TRY(rates.ask(peer, house.now()));
  return rates.connect(peer);
}

// Certificates are replaced while the server runs; that need not be noticed at once.
asio::awaitable<void> Server::Front::follow_certificate() {
  while (!scope.closing()) {
    co_await house.world.clock.sleep_until(house.now() + kCertificateLook);
    options.certificate->follow();
  }
}

void Server::Front::admit(TcpSocket socket) {
  if (is_full()) return refuse(std::move(socket), ErrorCode::overloaded);
  boost::system::error_code ignored;
  const auto peer = Address::of(socket.remote_endpoint(ignored).address());
  auto place = place_of(peer);
  if (!place) return refuse(std::move(socket), place.error());
  const auto held = std::make_shared<TcpSocket>(std::move(socket));
  const auto kept = std::make_shared<Place>(*std::move(place));
  scope.spawn([this, held, kept] { return http.serve(std::move(*held), std::move(*kept)); });
}

// Says so where that takes no waiting, and is done with it: in TLS it would take a handshake.
void Server::Front::refuse(TcpSocket socket, const Error& error) {
  if (options.certificate) return;
  const auto response = problem_answer(house, error, {});
  const auto text = response_head(response, {.keep_alive = false,
                                             .is_https = is_https(house),
                                             .now = house.wall(house.now())}) +
                    response.body;
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(TcpSocket::shutdown_send, ignored);
  char unread[4096];
  socket.read_some(asio::buffer(unread), ignored);  // unread bytes would reset the connection
}

Server::Server(app::House& house, app::SessionCleanupService& cleanup, asio::io_context& context,
               Options options)
    : front_(std::make_unique<Front>(house, cleanup, context, std::move(options))) {}

Server::~Server() {
  // Requests that a store has not answered in time still refer to it: the process is ending.
  if (front_->scope.size() > 0) static_cast<void>(front_.release());
}

Result<> Server::start() {
  TRY(front_->listen());
  auto& front = *front_;
  front.scope.spawn([&front] { return front.realtime.keep_deadlines(); });
  front.scope.spawn([&front] { return front.dashboard.keep_telling(); });
  front.scope.spawn([&front] { return front.dashboard.keep_measuring(); });
  front.scope.spawn([&front] { return front.accept_all(); });
  if (front.options.certificate) front.scope.spawn([&front] { return front.follow_certificate(); });
  return {};
}

std::uint16_t Server::port() const { return front_->port; }

asio::awaitable<void> Server::drain(Duration at_most) {
  auto& front = *front_;
  auto& clock = front.house.world.clock;
  const Instant end = clock.now() + at_most;
  const Instant patience = end - std::min(kForcedEnd, at_most / 2);
  front.site.draining = true;
  boost::system::error_code ignored;
  front.acceptor.close(ignored);
  front.http.close_idle();
  front.realtime.drain();
  while (front.http.size() + front.realtime.size() > 0 && !reached(patience, clock.now()))
    co_await clock.sleep_until(std::min(clock.now() + kDrainLook, patience));
  front.http.abort_all();
  front.realtime.abort_all();
  front.scope.close();
  while (front.scope.size() > 0 && !reached(end, clock.now()))
    co_await clock.sleep_until(std::min(clock.now() + kDrainLook, end));
}

}  // namespace tarotforge::net
