#include "main/setting.h"

#include <algorithm>
#include <array>

namespace tarotforge {
namespace {

using enum SettingKind;
constexpr double kFiveMinutes = 5.0 / 60;  // in hours
constexpr SettingBounds kRate{1, 1'000'000};
constexpr double kMonth = 24.0 * 30;

constexpr std::array kTable = {
    Setting{"TAROTFORGE_LISTEN",
            text,
            "127.0.0.1:8080",
            "address:port",
            "Where the server listens. Other machines reach it only if this says so, for "
            "example 0.0.0.0:8080.",
            {},
            ""},
    Setting{"PUBLIC_URL",
            text,
            "",
            "URL",
            "The address that people use, as it stands in invitation links. Without it: "
            "http:// and the listening address.",
            {},
            ""},
    Setting{"ALLOWED_ORIGINS",
            text,
            "",
            "origins, comma-separated",
            "Other sites whose pages may use the API and the socket, for example "
            "https://community.example.",
            {},
            ""},
    Setting{"DATABASE_URL",
            text,
            "sqlite://tarotforge.db",
            "URL",
            "Where readings are kept: sqlite:///absolute/path, sqlite://path from the working "
            "directory, or postgresql://user@host/database with the parameters of libpq.",
            {},
            ""},
    Setting{"DATABASE_CONNECTIONS",
            whole,
            "4",
            "connections",
            "The most connections that the server opens to PostgreSQL.",
            {1, 100},
            ""},
    Setting{"ADMIN_TOKEN",
            secret,
            "",
            "",
            "What operators present as a bearer token. Without it a server on loopback makes "
            "one and prints it; elsewhere admin routes stay shut.",
            {},
            ""},
    Setting{"METRICS",
            choice,
            "admin",
            "",
            "Who may read /metrics: those with the admin token, or anyone.",
            {},
            "admin|anyone"},
    Setting{"TRUSTED_PROXIES",
            text,
            "",
            "addresses, comma-separated",
            "Proxies whose X-Forwarded-For is believed, for example 127.0.0.1, 10.0.0.0/8. "
            "Without them all that comes through a proxy counts as one address.",
            {},
            ""},
    Setting{"RATE_LIMITS",
            flag,
            "on",
            "on or off",
            "Holds addresses, participants and sockets to the limits below. Off for benchmarks.",
            {},
            ""},
    Setting{"RATE_LIMIT_REQUESTS", whole, "1200", "a minute",
            "Requests of the API, sockets and joins of rooms from one address, and as many at "
            "once.",
            kRate, ""},
    Setting{"RATE_LIMIT_ENTRIES", whole, "120", "a minute",
            "Readings made, and invitations looked at or used, from one address.", kRate, ""},
    Setting{"RATE_LIMIT_GUESSES", whole, "10", "a minute",
            "Wrong operator's tokens from one address.", kRate, ""},
    Setting{"RATE_LIMIT_PARTICIPANT", whole, "600", "a minute",
            "Requests and socket events of one participant, over all connections together.", kRate,
            ""},
    Setting{"RATE_LIMIT_CONNECTIONS", whole, "1000", "connections",
            "Open connections from one address at once.", kRate, ""},
    Setting{"RATE_LIMIT_FRAMES", whole, "300", "a second",
            "Frames of one socket, whatever they say; one with more is closed.", kRate, ""},
    Setting{"CREATE_SESSIONS",
            choice,
            "anyone",
            "",
            "Who may open a reading.",
            {},
            "anyone|signed-in|admin"},
    Setting{"MAX_SESSIONS",
            whole,
            "1000000",
            "sessions",
            "The most open sessions at once; beyond it creating one answers 503.",
            {1, 100'000'000},
            ""},
    Setting{"SESSION_MAX_PARTICIPANTS",
            whole,
            "16",
            "people",
            "How many people one reading room seats.",
            {1, 64},
            ""},
    Setting{"SESSION_TIMEOUT_HOURS",
            number,
            "1",
            "hours",
            "After how long without activity a session expires. Fractions are allowed.",
            {0.0001, kMonth, kFiveMinutes},
            ""},
    Setting{"SESSION_TIMEOUT_HOURS_MIN",
            number,
            "0.0834",
            "hours",
            "The shortest timeout that a reading may ask for itself.",
            {0.0001, kMonth, kFiveMinutes},
            ""},
    Setting{"SESSION_TIMEOUT_HOURS_MAX",
            number,
            "24",
            "hours",
            "The longest timeout that a reading may ask for itself.",
            {0.0001, kMonth},
            ""},
    Setting{"SESSION_EXPIRY_WARNING_MINUTES",
            number,
            "5",
            "minutes",
            "How long before expiry people are warned: at least 20 seconds, at most half the "
            "timeout.",
            {0, 24 * 60},
            ""},
    Setting{"SESSION_KEEP_ALIVE",
            choice,
            "active",
            "",
            "What keeps a session alive: what people do (active), a page in front (visible), "
            "or an open page (connected).",
            {},
            "active|visible|connected"},
    Setting{"SESSION_RECOVERY_HOURS",
            number,
            "24",
            "hours",
            "For how long an expired session can be restored.",
            {0, kMonth},
            ""},
    Setting{"SESSION_RECOVERY_HOURS_MAX",
            number,
            "720",
            "hours",
            "The longest recovery that a reading may ask for itself.",
            {0, kMonth},
            ""},
    Setting{"PRESENCE_UPDATE_SECONDS",
            number,
            "30",
            "seconds",
            "At most one report of activity per participant in this time. Sessions that were "
            "open when the server started wait as long before they may expire.",
            {0.2, 600, 5},
            ""},
    Setting{"SESSION_EXPIRY_CHECK_MINUTES",
            number,
            "5",
            "minutes",
            "How often a client whose socket is down asks whether its session has expired.",
            {0.01, 24 * 60, 0.25},
            ""},
    Setting{"CLEANUP_INTERVAL_MINUTES",
            number,
            "15",
            "minutes",
            "How often the background cleanup sweeps.",
            {0.01, 24 * 60, 1},
            ""},
    Setting{"AUDIT_RETENTION_DAYS",
            number,
            "400",
            "days",
            "How long the audit log and the skeleton of a purged session are kept.",
            {1, 36500},
            ""},
    Setting{"SHUTDOWN_SECONDS",
            number,
            "10",
            "seconds",
            "A shutdown ends within this time, whoever is still connected.",
            {0.1, 600},
            ""},
    Setting{"TAROTFORGE_UNSAFE_TIMING",
            flag,
            "off",
            "on or off",
            "Allows timings of seconds, for tests and demonstrations only.",
            {},
            ""},
    Setting{"LOG_LEVEL",
            choice,
            "info",
            "",
            "The least important lines that are logged.",
            {},
            "debug|info|warning|error"},
    Setting{"LOG_FORMAT", choice, "text", "", "How lines are logged.", {}, "text|json"},
};

std::string plain_name(const Setting& setting, char separator) {
  std::string_view name = setting.name;
  constexpr std::string_view kOurs = "TAROTFORGE_";
  if (name.starts_with(kOurs)) name.remove_prefix(kOurs.size());
  std::string text(name);
  std::ranges::transform(text, text.begin(), [&](char c) {
    return c == '_' ? separator : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return text;
}

}  // namespace

std::span<const Setting> settings_table() { return kTable; }

const Setting* find_setting(std::string_view name) {
  const auto found = std::ranges::find(kTable, name, &Setting::name);
  return found == kTable.end() ? nullptr : &*found;
}

std::string flag_of(const Setting& setting) { return "--" + plain_name(setting, '-'); }
std::string key_of(const Setting& setting) { return plain_name(setting, '_'); }

}  // namespace tarotforge
