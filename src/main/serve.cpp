#include "main/serve.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <optional>

#include "app/access.h"
#include "app/beat.h"
#include "app/cleanup.h"
#include "app/foreign.h"
#include "app/house.h"
#include "app/lifecycle.h"
#include "app/report.h"
#include "main/console_log.h"
#include "main/database.h"
#include "main/run_task.h"
#include "main/service_manager.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "net/server.h"
#include "net/webhook_sender.h"

namespace tarotforge {
namespace {

// Of saving that is paused; the second sentence is for people in a reading.
std::string first_sentence(const Error& error) {
  const std::string all(error.sentence());
  return all.substr(0, all.find('.')) + '.';
}

int cannot_start(const Error& error) {
  if (error.code == ErrorCode::saving_paused)
    fmt::print(stderr, "tarotforge: {} Mend that and start again.\n", first_sentence(error));
  else
    fmt::print(stderr, "tarotforge: {}\n", error.sentence());
  return 1;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto comma = list.find(',');
    auto part = list.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ') || part.ends_with('/')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return parts;
}

// None where nobody can sign in.
Result<std::shared_ptr<net::IdentityProvider>> identity_provider(const Configuration& configuration,
                                                                 Log& log) {
  net::IdentityProvider::Options options{
      .secret = configuration.text("AUTH_JWT_SECRET"),
      .jwks_file = configuration.text("AUTH_JWKS_FILE"),
      .terms = {configuration.text("AUTH_JWT_ISSUER"), configuration.text("AUTH_JWT_AUDIENCE")}};
  if (!options.secret.empty() || !options.jwks_file.empty())
    return net::IdentityProvider::open(std::move(options), log);
  if (configuration.text("CREATE_SESSIONS") == "signed-in")
    log.warning(
        "CREATE_SESSIONS = signed-in lets operators alone open readings: for others to sign in, "
        "set AUTH_JWT_SECRET or AUTH_JWKS_FILE");
  return std::shared_ptr<net::IdentityProvider>();
}

// None for plain HTTP.
Result<std::shared_ptr<net::TlsCertificate>> certificate(const Configuration& configuration,
                                                         Log& log) {
  if (!configuration.uses_tls()) return std::shared_ptr<net::TlsCertificate>();
  return net::TlsCertificate::open(
      {configuration.text("TLS_CERTIFICATE_FILE"), configuration.text("TLS_KEY_FILE")}, log);
}

// Where nobody else can reach the server, operators get a token without having to think of one.
std::optional<std::string> admin_token(const Configuration& configuration, bool loopback,
                                       Random& random) {
  const auto& chosen = configuration.text("ADMIN_TOKEN");
  if (!chosen.empty()) return chosen;
  if (!loopback) return std::nullopt;
  auto made = app::make_token(random);
  fmt::print(stderr, "Admin token of this run: {}\n", made);
  return made;
}

LogLevel configured_level(const Configuration& configuration) {
  return parse_log_level(configuration.text("LOG_LEVEL")).value_or(LogLevel::info);
}

class Process {
 public:
  Process(const Configuration& configuration, OpenedDatabase database,
          boost::asio::io_context& context, SystemClock& clock, SystemRandom& random,
          ConsoleLog& log, net::Server::Options options)
      : configuration_(configuration),
        certificate_(options.certificate),
        store_(std::move(database.store)),
        may_return_(database.may_return),
        announcements_(std::move(database.announcements)),
        context_(context),
        log_(log),
        house_({clock, *store_, random, log}, configuration.app_settings(), context.get_executor()),
        cleanup_(
            clock, *store_, random, log,
            {house_.settings.cleanup_interval, house_.settings.audit_retention,
             house_.settings.cleanup_batch},
            [this](const auto& expired) { app::take_over_expired(house_, expired); },
            [this](SessionId id) { app::note_purged(house_, id); }),
        server_(house_, cleanup_, context, std::move(options)),
        sender_(context, {.private_allowed = configuration.on("WEBHOOK_PRIVATE_TARGETS"),
                          .user_agent = fmt::format("TarotForge/{}", house_.settings.version)}),
        signals_(context),
        hangups_(context),
        levels_(context, SIGUSR1, SIGUSR2) {}

  int run() {
    if (configuration_.uses_tls()) await_hangup();
    await_level();
    if (const auto bound = server_.start(); !bound) return cannot_start(bound.error());
    if (const auto ready = run_task(context_, start()); !ready) {
      return cannot_start(ready.error());
    }
    house_.scope.spawn([this] { return app::keep_beating(house_); });
    house_.scope.spawn([this] { return app::keep_deadlines(house_); });
    if (announcements_)
      house_.scope.spawn([this] { return app::keep_hearing(house_, *announcements_); });
    house_.scope.spawn(
        [this] { return cleanup_.keep_sweeping([this] { return house_.scope.closing(); }); });
    deliver_webhooks();
    log_.info("TarotForge {} listens on {} (port {})", house_.settings.version,
              house_.settings.public_url, server_.port());
    manager_.ready(fmt::format("listens on {}", house_.settings.public_url));
    if (manager_.watchdog()) house_.scope.spawn([this] { return feed_watchdog(); });
    await_end();
    context_.restart();
    context_.run();
    return 0;
  }

 private:
  // A database that went away since it was opened, or is a standby still, is waited for.
  ports::Task<> start() {
    for (auto pause = kFirstPause;; pause = longer(pause)) {
      auto started = co_await register_house();
      if (started || !may_return_ || started.error().code != ErrorCode::saving_paused)
        co_return std::move(started);
      log_.warning("{} Trying again in {} s.", first_sentence(started.error()), pause.count());
      co_await house_.world.clock.sleep_until(house_.now() + pause);
    }
  }

  // As another server each time: what became of the one before may be unknown.
  ports::Task<> register_house() {
    CO_TRY(co_await store_->publish_settings(configuration_.shared_settings()));
    auto& world = house_.world;
    co_return co_await app::start_house(house_, ServerId::make(world.clock.wall(), world.random));
  }

  // Before this the process just ends, for it has nothing to hand over.
  void await_end() {
    boost::system::error_code ignored;
    signals_.add(SIGINT, ignored);
    signals_.add(SIGTERM, ignored);
    signals_.async_wait([this](auto error, int) {
      if (!error) shut_down();
    });
  }

  void deliver_webhooks() {
    auto webhooks = *configuration_.webhooks();
    if (webhooks.targets.empty()) return;
    webhooks.send = [this](app::WebhookMessage message) {
      return sender_.send(std::move(message));
    };
    house_.scope.spawn(
        [this, webhooks = std::move(webhooks)] { return app::keep_delivering(house_, webhooks); });
  }

  // What administrators send when a certificate has been replaced. Without one it ends the process,
  // as it does where a terminal is closed.
  void await_hangup() {
    boost::system::error_code ignored;
    hangups_.add(SIGHUP, ignored);
    hangups_.async_wait([this](auto error, int) {
      if (error) return;
      certificate_->reload();
      await_hangup();
    });
  }

  // For who cannot reach the route: one level more is written, or what LOG_LEVEL says.
  void await_level() {
    levels_.async_wait([this](auto error, int signal) {
      if (error) return;
      const auto now = log_.level();
      const auto more = now == LogLevel::debug ? now : LogLevel(static_cast<int>(now) - 1);
      app::change_log_level(log_, signal == SIGUSR1 ? more : configured_level(configuration_));
      await_level();
    });
  }

  // On the loop that serves everyone: where that hangs, the manager hears nothing.
  boost::asio::awaitable<void> feed_watchdog() {
    auto& clock = house_.world.clock;
    while (!house_.scope.closing()) {
      manager_.alive();
      co_await clock.sleep_until(clock.now() + *manager_.watchdog() / 2);
    }
  }

  // The order: nothing new, tell clients, flush, close. It ends within SHUTDOWN_SECONDS.
  ports::Task<> stop() {
    const auto seconds = configuration_.number("SHUTDOWN_SECONDS");
    log_.info("Shutting down");
    manager_.stopping();
    co_await server_.drain(Duration(static_cast<std::int64_t>(seconds * 1000)));
    house_.scope.close();
    sender_.stop();
    co_return co_await app::retire_house(house_);
  }

  void shut_down() {
    boost::asio::co_spawn(context_, stop(), [this](std::exception_ptr, Result<> flushed) {
      if (!flushed) log_.error("The last flush failed: {}", flushed.error().sentence());
      house_.scope.when_empty([this] { context_.stop(); });
    });
  }

  const Configuration& configuration_;
  std::shared_ptr<net::TlsCertificate> certificate_;  // none: plain HTTP
  std::unique_ptr<ports::Store> store_;
  const bool may_return_;
  std::unique_ptr<ports::Announcements> announcements_;
  boost::asio::io_context& context_;
  ConsoleLog& log_;
  app::House house_;
  app::SessionCleanupService cleanup_;
  net::Server server_;
  net::WebhookSender sender_;
  ServiceManager manager_{process_environment()};
  boost::asio::signal_set signals_, hangups_, levels_;
};

}  // namespace

int serve(const Configuration& configuration) {
  boost::asio::io_context context(1);
  SystemClock clock(context);
  SystemRandom random;
  ConsoleLog log(configured_level(configuration), configuration.text("LOG_FORMAT"));
  if (configuration.unsafe_timing())
    log.warning("TAROTFORGE_UNSAFE_TIMING is on: sessions may expire within seconds");
  auto identity = identity_provider(configuration, log);
  if (!identity) return cannot_start(identity.error());
  auto tls = certificate(configuration, log);
  if (!tls) return cannot_start(tls.error());
  auto database = await_database(configuration, {context, clock, log, random});
  if (!database) return cannot_start(database.error());
  for (const auto& applied : database->migrated) log.info("Applied migration {}", applied);
  if (!database->reads_only.empty()) log.warning("{}", database->reads_only);
  const auto listen = *configuration.listen();
  net::Limits limits;
  limits.rates = configuration.rates();
  Process process(configuration, *std::move(database), context, clock, random, log,
                  {.listen = configuration.text("TAROTFORGE_LISTEN"),
                   .admin_token = admin_token(configuration, listen.loopback, random),
                   .public_metrics = configuration.text("METRICS") == "anyone",
                   .allowed_origins = split(configuration.text("ALLOWED_ORIGINS")),
                   .trusted_proxies = *configuration.trusted_proxies(),
                   .identity_provider = *std::move(identity),
                   .certificate = *std::move(tls),
                   .limits = limits});
  return process.run();
}

}  // namespace tarotforge
