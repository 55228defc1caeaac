// The whole front over a socket pair, as a stranger meets it: HTTP requests, the upgrade, WebSocket
// and Phoenix frames, and what they ask of a real house with a real store. The first byte says how
// the bytes are cut. Every connection ends, and how it was cut changes no answer.
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "app/beat.h"
#include "app/cleanup.h"
#include "app/house.h"
#include "app/metrics.h"
#include "net/http_connections.h"
#include "net/realtime.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/fuzz/input.h"
#include "tests/support/loop.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/virtual_clock.h"

using namespace tarotforge;

namespace {

constexpr std::size_t kRunsOfOneWorld = 20'000;  // then its database is made anew

class Silence final : public Log {
 public:
  void write(LogLevel, std::string_view, const LogFields&) override {}
};

app::Settings few_sessions() {
  app::Settings settings;
  settings.max_sessions = 50;
  return settings;
}

std::shared_ptr<net::IdentityProvider> identity_provider(Log& log) {
  auto provider = net::IdentityProvider::open({.secret = std::string(32, 's')}, log);
  check(provider.has_value(), "a secret is enough");
  return *provider;
}

// A client's end: sends pieces as they are taken, and keeps what comes back.
class Client {
 public:
  explicit Client(int descriptor) : descriptor_(descriptor) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(descriptor_); }

  void send(std::string_view bytes) {
    static_cast<void>(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  }
  void stop() { ::shutdown(descriptor_, SHUT_WR); }
  void receive() {
    char bytes[16 * 1024];
    for (ssize_t got; (got = ::recv(descriptor_, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
      heard.append(bytes, static_cast<std::size_t>(got));
  }

  std::string heard;

 private:
  int descriptor_;
};

class Front {
 public:
  Front() {
    auto opened = store::sqlite::SqliteStore::open(
        {.path = folder_.file("readings.db"), .clock = clock_, .log = log_, .random = random_});
    check(opened.has_value(), "a store can be made");
    store_ = *std::move(opened);
    house_ = std::make_unique<app::House>(app::World{clock_, *store_, random_, log_},
                                          few_sessions(), loop_.context.get_executor());
    cleanup_ = std::make_unique<app::SessionCleanupService>(clock_, *store_, random_, log_,
                                                            app::SessionCleanupService::Options{});
    scope_ = std::make_unique<app::Scope>(loop_.context.get_executor());
    figures_ = std::make_unique<app::Figures>(*house_, *cleanup_, [] { return 0; });
    metrics_ = std::make_unique<app::Metrics>(*figures_);
    dashboard_ = std::make_unique<app::Dashboard>(*house_, *figures_, *scope_);
    site_.emplace(net::Site{.house = *house_,
                            .cleanup = *cleanup_,
                            .figures = *figures_,
                            .metrics = *metrics_,
                            .dashboard = *dashboard_,
                            .rates = rates_,
                            .operators = operators_,
                            .origins = net::Origins("", {"https://friend.example"}),
                            .assets = net::assets(),
                            .public_metrics = false,
                            .connections_limit = limits_.connections,
                            .connections = [] { return 0; },
                            .started_at = clock_.now(),
                            .identity_provider = identity_provider(log_)});
    realtime_ = std::make_unique<net::Realtime>(*house_, *dashboard_, *scope_, limits_, rates_,
                                                operators_, loop_.context);
    http_ = std::make_unique<net::HttpConnections>(
        *site_, limits_,
        [this](net::Transport transport, net::Place place, std::string already_read,
               std::optional<net::Login> login) {
          realtime_->adopt(std::move(transport), std::move(place), std::move(already_read), login);
        });
    const auto started =
        loop_.run(app::start_house(*house_, ServerId::make(clock_.wall(), random_)));
    check(started.has_value(), "a house can be started");
  }
  ~Front() {
    scope_->close();
    house_->scope.close();
    loop_.run_until([this] { return scope_->size() + house_->scope.size() == 0; });
    realtime_.reset();
    http_.reset();
    dashboard_.reset();
    house_.reset();
    store_.reset();
  }

  // What a client that sends this, and then nothing more, gets to hear.
  std::string talk(std::string_view bytes, std::uint64_t seed, std::size_t longest) {
    int ends[2];
    check(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "there are files for two sockets");
    Client client(ends[0]);
    const auto socket =
        std::make_shared<net::TcpSocket>(loop_.context.get_executor(), net::Tcp::v4(), ends[1]);
    scope_->spawn([this, socket] { return http_->serve(std::move(*socket), {}); });
    fuzz::in_pieces(bytes, seed, longest, [&](const std::string& piece) {
      client.send(piece);
      loop_.context.restart();
      loop_.context.poll();
      client.receive();
    });
    client.stop();
    loop_.run_until([&] {
      client.receive();
      return http_->size() + realtime_->size() == 0;
    });
    client.receive();
    clock_.advance(Duration(1));
    return std::move(client.heard);
  }

  void set_ready(bool ready) { house_->health.ready = ready; }

 private:
  test::VirtualClock clock_;
  Silence log_;
  Prng random_{20260131};
  test::TemporaryFolder folder_;
  test::Loop loop_;
  net::Limits limits_;
  net::RateLimits rates_{{}, random_};
  net::Operators operators_{"operator", random_};
  std::unique_ptr<store::sqlite::SqliteStore> store_;
  std::unique_ptr<app::House> house_;
  std::unique_ptr<app::SessionCleanupService> cleanup_;
  std::unique_ptr<app::Figures> figures_;
  std::unique_ptr<app::Metrics> metrics_;
  std::unique_ptr<app::Scope> scope_;
  std::unique_ptr<app::Dashboard> dashboard_;
  std::optional<net::Site> site_;
  std::unique_ptr<net::Realtime> realtime_;
  std::unique_ptr<net::HttpConnections> http_;
};

// The status of every answer, in order; the word alone where there is no answer.
std::string statuses(std::string_view heard) {
  std::string all;
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  for (auto at = heard.find(kBegin); at != heard.npos; at = heard.find(kBegin, at + 1))
    all.append(heard.substr(at + kBegin.size(), 4));
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<Front> front;
  static std::size_t runs = 0;
  if (runs++ % kRunsOfOneWorld == 0) {
    front.reset();
    front = std::make_unique<Front>();
  }
  fuzz::Input input(data, size);
  const auto seed = input.choice();
  const std::size_t longest = seed % 2 == 0 ? 1'000'000 : 1 + seed % 64;
  front->talk(input.rest(), seed, longest);
  // While nothing is served the answers depend on the bytes alone. 100 Continue is only said to
  // who waits for it.
  if (input.rest().find("100-") != std::string_view::npos) return 0;
  front->set_ready(false);
  const auto whole = statuses(front->talk(input.rest(), seed, 1'000'000));
  const auto pieces = statuses(front->talk(input.rest(), seed, 1 + seed % 64));
  front->set_ready(true);
  // Of a head that is wrong and never ends, this is said at once or not at all.
  check(pieces == whole || pieces + "400 " == whole, "the same bytes get the same answers");
  return 0;
}
