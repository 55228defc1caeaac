#include "main/configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <regex>

#include "base/check.h"
#include "main/settings_file.h"
#include "net/webhook_target.h"
#include "store/postgres/connection.h"

namespace tarotforge {
namespace {

constexpr Duration kPostgresCleanupBatch{3};
constexpr const char* kDefaultFile = "tarotforge.toml";

Error bad(std::string line) { return Error(ErrorCode::invalid_value, std::move(line)); }

template <class Number = double>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_choice(std::string_view choices, std::string_view text) {
  while (!choices.empty()) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == text) return true;
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
  }
  return false;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

Result<> check_number(const Setting& setting, const std::string& text, const std::string& origin) {
  const auto value = parse_number(text);
  if (!value)
    return bad(fmt::format("{} = \"{}\" ({}) is not a number of {}.", setting.name, text, origin,
                           setting.unit));
  if (!(*value >= setting.bounds.floor && *value <= setting.bounds.ceiling))
    return bad(fmt::format("{} = {} ({}) must be between {} and {} {}.", setting.name, text, origin,
                           setting.bounds.floor, setting.bounds.ceiling, setting.unit));
  if (setting.kind == SettingKind::whole && *value != std::floor(*value))
    return bad(fmt::format("{} = {} ({}) must be a whole number.", setting.name, text, origin));
  return {};
}

Result<> check_value(const Setting& setting, const std::string& text, const std::string& origin) {
  switch (setting.kind) {
    case SettingKind::number:
    case SettingKind::whole:
      return check_number(setting, text, origin);
    case SettingKind::flag:
      if (is_choice("on|off|true|false|1|0", text)) return {};
      return bad(fmt::format("{} = \"{}\" ({}) must be on or off.", setting.name, text, origin));
    case SettingKind::choice:
      if (is_choice(setting.choices, text)) return {};
      return bad(fmt::format("{} = \"{}\" ({}) must be one of {}.", setting.name, text, origin,
                             setting.choices));
    case SettingKind::text:
    case SettingKind::secret:
      // A path that holds a zero would be cut there by the system.
      if (std::ranges::none_of(text, is_control)) return {};
      return bad(fmt::format("{} ({}) must not hold control characters.", setting.name, origin));
  }
  return {};
}

// A name of the environment that looks like one of ours and is none: most likely misspelt.
bool looks_like_ours(std::string_view name) {
  for (const std::string_view family :
       {"TAROTFORGE_", "SESSION_TIMEOUT", "SESSION_EXPIRY", "SESSION_RECOVERY", "SESSION_MAX",
        "SESSION_KEEP", "CLEANUP_INTERVAL", "PRESENCE_UPDATE", "AUDIT_RETENTION", "RATE_LIMIT",
        "TRUSTED_", "AUTH_JW", "TLS_CERT", "TLS_KEY", "WEBHOOK_"})
    if (name.starts_with(family)) return true;
  return false;
}

Duration in_ms(double count, double unit_ms) {
  return Duration(static_cast<std::int64_t>(count * unit_ms + 0.5));
}
constexpr double kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

core::KeepAlive keep_alive(std::string_view word) {
  if (word == "visible") return core::KeepAlive::visible;
  return word == "connected" ? core::KeepAlive::connected : core::KeepAlive::active;
}

app::CreateSessions create_sessions(std::string_view word) {
  if (word == "admin") return app::CreateSessions::admin;
  return word == "signed-in" ? app::CreateSessions::signed_in : app::CreateSessions::anyone;
}

// A URL as it may be shown: a password, in its place or as a parameter, is left out.
std::string without_password(const std::string& url) {
  static const std::regex place("(://[^:@/?]*:)[^@]*@");
  static const std::regex parameter("(password=)[^&]*");
  return std::regex_replace(std::regex_replace(url, place, "$1(hidden)@"), parameter, "$1(hidden)");
}

}  // namespace

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return all;
}

Result<Configuration> Configuration::read(const Sources& sources) {
  Configuration configuration;
  for (const auto& setting : settings_table())
    configuration.values_[std::string(setting.name)] = {std::string(setting.fallback), "default"};
  if (sources.file)
    TRY(configuration.take_file(*sources.file));
  else if (std::filesystem::exists(kDefaultFile))
    TRY(configuration.take_file(kDefaultFile));
  for (const auto& [name, text] : sources.environment) {
    if (name == "TAROTFORGE_CONFIG") continue;
    if (const auto* setting = find_setting(name))
      TRY(configuration.take(*setting, text, "environment"));
    else if (looks_like_ours(name))
      return bad(
          fmt::format("{} (environment) is not a setting. `tarotforge config` lists all.", name));
  }
  for (const auto& [name, text] : sources.flags) {
    const auto* setting = find_setting(name);
    check(setting, "flags are made from the settings' table");
    TRY(configuration.take(*setting, text, "flag " + flag_of(*setting)));
  }
  TRY(configuration.check_timings());
  TRY(configuration.database());
  TRY(configuration.listen());
  TRY(configuration.trusted_proxies());
  TRY(configuration.webhooks());
  if (configuration.text("TLS_CERTIFICATE_FILE").empty() !=
      configuration.text("TLS_KEY_FILE").empty())
    return bad(
        "TLS_CERTIFICATE_FILE and TLS_KEY_FILE go together: set both for HTTPS, or neither.");
  return configuration;
}

Result<> Configuration::take(const Setting& setting, std::string text, std::string origin) {
  TRY(check_value(setting, text, origin));
  values_[std::string(setting.name)] = {std::move(text), std::move(origin)};
  return {};
}

Result<> Configuration::take_file(const std::string& path) {
  const std::string origin = "file " + path;
  TRY_ASSIGN(auto lines, read_settings_file(path));
  for (auto& [key, text] : lines) {
    const Setting* setting = nullptr;
    for (const auto& each : settings_table())
      if (key_of(each) == key) setting = &each;
    if (!setting)
      return bad(
          fmt::format("{} ({}) is not a setting. `tarotforge config` lists all.", key, origin));
    TRY(take(*setting, std::move(text), origin));
  }
  return {};
}

Result<> Configuration::check_timings() const {
  for (const auto& setting : settings_table()) {
    if (setting.bounds.safe_floor == 0 || unsafe_timing()) continue;
    const auto& in_force = value(setting);
    if (*parse_number(in_force.text) < setting.bounds.safe_floor)
      return bad(fmt::format(
          "{} = {} ({}) must be at least {:.4g} {}. For tests and "
          "demonstrations, TAROTFORGE_UNSAFE_TIMING=on allows less.",
          setting.name, in_force.text, in_force.origin, setting.bounds.safe_floor, setting.unit));
  }
  return {};
}

const Configuration::Value& Configuration::value(const Setting& setting) const {
  return values_.find(setting.name)->second;
}

const std::string& Configuration::text(std::string_view name) const {
  const auto found = values_.find(name);
  check(found != values_.end(), "a setting that is asked for stands in the table");
  return found->second.text;
}

double Configuration::number(std::string_view name) const { return *parse_number(text(name)); }

bool Configuration::on(std::string_view name) const { return is_choice("on|true|1", text(name)); }

app::Settings Configuration::app_settings() const {
  app::Settings settings;
  settings.version = TAROTFORGE_VERSION;
  auto& policy = settings.policy;
  policy.defaults.timeout = in_ms(number("SESSION_TIMEOUT_HOURS"), kHour);
  policy.defaults.warning = in_ms(number("SESSION_EXPIRY_WARNING_MINUTES"), kMinute);
  policy.defaults.recovery = in_ms(number("SESSION_RECOVERY_HOURS"), kHour);
  policy.defaults.keep_alive = keep_alive(text("SESSION_KEEP_ALIVE"));
  policy.defaults.max_participants = static_cast<std::uint16_t>(number("SESSION_MAX_PARTICIPANTS"));
  // The operator's own choice is always within the bounds that others are held to.
  policy.timeout_min =
      std::min(in_ms(number("SESSION_TIMEOUT_HOURS_MIN"), kHour), policy.defaults.timeout);
  policy.timeout_max =
      std::max(in_ms(number("SESSION_TIMEOUT_HOURS_MAX"), kHour), policy.defaults.timeout);
  policy.recovery_max =
      std::max(in_ms(number("SESSION_RECOVERY_HOURS_MAX"), kHour), policy.defaults.recovery);
  settings.presence_interval = in_ms(number("PRESENCE_UPDATE_SECONDS"), kSecond);
  settings.expiry_check = in_ms(number("SESSION_EXPIRY_CHECK_MINUTES"), kMinute);
  settings.cleanup_interval = in_ms(number("CLEANUP_INTERVAL_MINUTES"), kMinute);
  settings.audit_retention = in_ms(number("AUDIT_RETENTION_DAYS"), kDay);
  // A file has one writer, for which everybody waits; PostgreSQL has as many as there are sessions.
  const auto database = this->database();
  if (database && database->kind == DatabaseKind::postgresql)
    settings.cleanup_batch = kPostgresCleanupBatch;
  settings.max_sessions = static_cast<std::size_t>(number("MAX_SESSIONS"));
  settings.create_sessions = create_sessions(text("CREATE_SESSIONS"));
  settings.public_url = text("PUBLIC_URL");
  while (settings.public_url.ends_with('/')) settings.public_url.pop_back();
  if (settings.public_url.empty())
    settings.public_url = (uses_tls() ? "https://" : "http://") + text("TAROTFORGE_LISTEN");
  return settings;
}

std::map<std::string, std::string> Configuration::shared_settings() const {
  std::map<std::string, std::string> shared;
  for (const auto* name :
       {"SESSION_TIMEOUT_HOURS", "SESSION_EXPIRY_WARNING_MINUTES", "SESSION_RECOVERY_HOURS",
        "SESSION_KEEP_ALIVE", "SESSION_MAX_PARTICIPANTS", "PRESENCE_UPDATE_SECONDS",
        "AUDIT_RETENTION_DAYS"})
    shared[name] = text(name);
  // Its being there is what has the outbox of webhooks filled.
  if (const auto webhooks = this->webhooks(); webhooks && !webhooks->targets.empty())
    shared["WEBHOOK_URLS"] = fmt::format("{}", fmt::join(webhooks->targets, ","));
  return shared;
}

Result<app::WebhookOptions> Configuration::webhooks() const {
  app::WebhookOptions webhooks;
  auto targets = net::parse_webhook_targets(text("WEBHOOK_URLS"), on("WEBHOOK_PRIVATE_TARGETS"));
  if (!targets) return bad(fmt::format("WEBHOOK_URLS: {}", targets.error().sentence()));
  webhooks.targets = *std::move(targets);
  if (webhooks.targets.empty() && text("WEBHOOK_SECRETS").empty()) return webhooks;
  auto keys = app::webhook_keys(text("WEBHOOK_SECRETS"));
  if (!keys) return bad(fmt::format("WEBHOOK_SECRETS: {}", keys.error().sentence()));
  webhooks.keys = *std::move(keys);
  return webhooks;
}

Result<Configuration::Database> Configuration::database() const {
  const auto& url = text("DATABASE_URL");
  constexpr std::string_view kScheme = "sqlite://";
  if (url.starts_with(kScheme) && url.size() > kScheme.size())
    return Database{DatabaseKind::sqlite, url.substr(kScheme.size())};
  const auto shown = without_password(url);
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://"))
    return bad(
        fmt::format("DATABASE_URL = \"{}\" must be sqlite:///absolute/path, sqlite://path "
                    "or postgresql://user@host/database.",
                    shown));
  if (const auto mistake = store::postgres::mistake_in(url))
    return bad(
        fmt::format("DATABASE_URL = \"{}\" cannot be read: {}", shown, without_password(*mistake)));
  return Database{DatabaseKind::postgresql, store::postgres::describe(url)};
}

Result<net::Networks> Configuration::trusted_proxies() const {
  auto networks = net::Networks::parse(text("TRUSTED_PROXIES"));
  if (networks) return networks;
  return bad(fmt::format("TRUSTED_PROXIES: {}", networks.error().sentence()));
}

net::Rates Configuration::rates() const {
  if (!on("RATE_LIMITS")) return {};
  const auto rate = [this](std::string_view name) {
    return static_cast<std::uint32_t>(number(name));
  };
  return {.requests = rate("RATE_LIMIT_REQUESTS"),
          .entries = rate("RATE_LIMIT_ENTRIES"),
          .guesses = rate("RATE_LIMIT_GUESSES"),
          .participant = rate("RATE_LIMIT_PARTICIPANT"),
          .connections = rate("RATE_LIMIT_CONNECTIONS"),
          .frames = rate("RATE_LIMIT_FRAMES")};
}

std::string Configuration::shown(const Setting& setting) const {
  const auto& whole = value(setting).text;
  if (setting.kind == SettingKind::secret && !whole.empty()) return "(hidden)";
  return setting.name == "DATABASE_URL" ? without_password(whole) : whole;
}

Result<Configuration::Listen> Configuration::listen() const {
  const auto& where = text("TAROTFORGE_LISTEN");
  const auto colon = where.rfind(':');
  std::string address = where.substr(0, colon == std::string::npos ? 0 : colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : parse_number<std::uint16_t>(std::string_view(where).substr(colon + 1));
  if (address.empty() || !port)
    return bad(
        fmt::format("TAROTFORGE_LISTEN = \"{}\" must be address:port, such as "
                    "127.0.0.1:8080.",
                    where));
  const bool loopback = address.starts_with("127.") || address == "::1" || address == "localhost";
  return Listen{address == "localhost" ? "127.0.0.1" : address, *port, loopback};
}

}  // namespace tarotforge
