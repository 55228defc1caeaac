// Settings from their sources: which one wins, and what stops the start.

#include "main/configuration.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace tarotforge {
namespace {

using Sources = Configuration::Sources;

std::string refusal(const Sources& sources) {
  const auto read = Configuration::read(sources);
  REQUIRE_FALSE(read);
  return std::string(read.error().sentence());
}

Configuration accepted(const Sources& sources) {
  auto read = Configuration::read(sources);
  if (!read) FAIL(std::string(read.error().sentence()));
  return *std::move(read);
}

// A settings file that lives as long as the test.
class File {
 public:
  explicit File(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("tarotforge-settings-" + std::to_string(++count_) + ".toml")) {
    std::ofstream(path_) << text;
  }
  ~File() { std::filesystem::remove(path_); }
  std::string path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::filesystem::path path_;
};

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("CF1 a flag wins over the environment, that over the file, that over the default") {
  const File file("max_sessions = 7\nlog_level = \"debug\"\nlisten = \"127.0.0.1:9000\"\n");
  Sources sources{.environment = {{"MAX_SESSIONS", "8"}, {"LOG_LEVEL", "warning"}},
                  .file = file.path()};
  sources.flags["MAX_SESSIONS"] = "9";
  const auto configuration = accepted(sources);
  CHECK(configuration.number("MAX_SESSIONS") == 9);
  CHECK(configuration.text("LOG_LEVEL") == "warning");
  CHECK(configuration.text("TAROTFORGE_LISTEN") == "127.0.0.1:9000");
  CHECK(configuration.text("LOG_FORMAT") == "text");
  CHECK(configuration.value(*find_setting("MAX_SESSIONS")).origin == "flag --max-sessions");
  CHECK(configuration.value(*find_setting("LOG_LEVEL")).origin == "environment");
  CHECK(configuration.value(*find_setting("TAROTFORGE_LISTEN")).origin == "file " + file.path());
  CHECK(configuration.value(*find_setting("LOG_FORMAT")).origin == "default");
}

TEST_CASE("CF3 an unknown setting or a bad value is refused in one line that names it") {
  struct Case {
    const char *name, *value, *part;
  };
  for (const auto& [name, value, part] : {
           Case{"SESSION_TIMEOUT_HOURS", "soon", "not a number of hours"},
           Case{"SESSION_TIMEOUT_HOURS", "-1", "between"},
           Case{"SESSION_TIMEOUT_HOURS", "1e99", "between"},
           Case{"SESSION_TIMEOUT_HOURS", "nan", "between"},
           Case{"MAX_SESSIONS", "2.5", "whole number"},
           Case{"MAX_SESSIONS", "1e300", "between"},
           Case{"MAX_SESSIONS", "inf", "between"},
           Case{"SESSION_KEEP_ALIVE", "always", "active|visible|connected"},
           Case{"TAROTFORGE_UNSAFE_TIMING", "perhaps", "on or off"},
           Case{"TAROTFORGE_LISTEN", "8080", "address:port"},
           Case{"TAROTFORGE_LISTEN", "127.0.0.1:70000", "address:port"},
           Case{"TAROTFORGE_LISTEN", "127.0.0.1:nan", "address:port"},
           Case{"TAROTFORGE_LISTEN", "127.0.0.1:80.5", "address:port"},
           Case{"PUBLIC_URL", "https://a\nb", "control characters"},
           Case{"TRUSTED_PROXIES", "10.0.0.0/33", "10.0.0.0/33"},
           Case{"TRUSTED_PROXY", "10.0.0.1", "is not a setting"},
           Case{"RATE_LIMIT_ENTRIES", "0", "between"},
           Case{"TAROTFORGE_LISTN", "127.0.0.1:8080", "is not a setting"},
           Case{"SESSION_TIMEOUT_HOUR", "1", "is not a setting"},
       }) {
    const auto line = refusal({.environment = {{name, value}}});
    CAPTURE(line);
    CHECK(contains(line, name));
    CHECK(contains(line, part));
    CHECK_FALSE(contains(line, "\n"));
  }
  const File unknown("timeout = 3\n");
  CHECK(contains(refusal({.file = unknown.path()}), "timeout"));
  const File broken("max_sessions = = 3\n");
  CHECK(contains(refusal({.file = broken.path()}), "line 1"));
  CHECK(contains(refusal({.file = "/nowhere/settings.toml"}), "/nowhere/settings.toml"));
}

TEST_CASE("CF3 a file has a name and a value on each line, with other letters in quotes") {
  for (const std::string text :
       {"shutdown\u00f1 = 1", "log_level = \u00f1", "log_level = 'info' \u3000", "log_level = info",
        "log_level = '''info'''", "log_level = \"info", "log_level = \"\\x\"", "log_level =",
        "log_level = \"\\ud800\"", "log_level = \"\\u00g0\"", "[::1]:0", "[table]", "= 3",
        "max_sessions = 1__0", "max_sessions = 1_", "max_sessions 1", "max_sessions = 1 2"}) {
    CAPTURE(text);
    CHECK(contains(refusal({.file = File("\n" + text + "\n").path()}), "name = value"));
    CHECK(contains(refusal({.file = File("\n" + text + "\n").path()}), "(line 2)"));
  }
  const File file(
      "\r\n\t# \u00f1 '''\nadmin_token = \"\\\"\u00f1\\u00f1\\U0001f600#\" # \u3000\r\n"
      "max_sessions=+1_000\nunsafe_timing = true\nlog_level = 'info'\nshutdown_seconds = 1.5e0");
  const auto configuration = accepted({.file = file.path()});
  CHECK(configuration.text("ADMIN_TOKEN") == "\"\u00f1\u00f1\U0001f600#");
  CHECK(configuration.number("MAX_SESSIONS") == 1000);
  CHECK(configuration.number("SHUTDOWN_SECONDS") == 1.5);
  CHECK(configuration.unsafe_timing());
  CHECK(contains(refusal({.file = File("log_level = '\xff'").path()}), "not UTF-8 (line 1)"));
  CHECK(contains(refusal({.file = File("max_sessions = 1\nmax_sessions = 2").path()}), "twice"));
  const File zero("database_url = \"sqlite:///a\\u0000b\"\n");
  CHECK(contains(refusal({.file = zero.path()}), "DATABASE_URL"));
}

TEST_CASE("SC6 limits are on with their defaults, and RATE_LIMITS=off lifts all") {
  const auto usual = accepted({}).rates();
  CHECK(usual.requests == 1200);
  CHECK(usual.entries == 120);
  CHECK(usual.guesses == 10);
  CHECK(usual.participant == 600);
  CHECK(usual.connections == 1000);
  CHECK(usual.frames == 300);
  const auto none = accepted({.environment = {{"RATE_LIMITS", "off"}}}).rates();
  CHECK(none.requests + none.entries + none.guesses + none.participant + none.connections +
            none.frames ==
        0);
}

TEST_CASE("CF4 a timing below its floor wants TAROTFORGE_UNSAFE_TIMING") {
  Sources sources{.environment = {{"SESSION_TIMEOUT_HOURS", "0.001"}}};
  CHECK(contains(refusal(sources), "TAROTFORGE_UNSAFE_TIMING"));
  sources.environment["TAROTFORGE_UNSAFE_TIMING"] = "on";
  CHECK(accepted(sources).app_settings().policy.defaults.timeout == Duration(3600));
}

TEST_CASE("CF5 with nothing set the server listens on loopback with its database beside it") {
  const auto configuration = accepted({});
  const auto listen = configuration.listen();
  REQUIRE(listen);
  CHECK(listen->address == "127.0.0.1");
  CHECK(listen->port == 8080);
  CHECK(listen->loopback);
  CHECK(configuration.database()->name == "tarotforge.db");
  CHECK(configuration.app_settings().public_url == "http://127.0.0.1:8080");
}

TEST_CASE("CF6 DATABASE_URL names a file or a database of PostgreSQL; anything else is refused") {
  const auto file = accepted({.environment = {{"DATABASE_URL", "sqlite:///var/lib/t.db"}}});
  CHECK(file.database()->kind == DatabaseKind::sqlite);
  CHECK(file.database()->name == "/var/lib/t.db");
  const auto with = [](std::string url) {
    return Configuration::Sources{.environment = {{"DATABASE_URL", std::move(url)}}};
  };
  CHECK(contains(refusal(with("mysql://x:hush@y/z")), "sqlite:///"));
  CHECK_FALSE(contains(refusal(with("mysql://x:hush@y/z")), "hush"));
  CHECK(contains(refusal(with("postgresql://x/y?sslmude=off")), "sslmude"));

  const auto server = accepted(with("postgresql://me:hush@db:5433/readings?sslpassword=quiet"));
  CHECK(server.database()->kind == DatabaseKind::postgresql);
  CHECK(server.database()->name == "PostgreSQL database readings on db:5433");
  const auto shown = server.shown(*find_setting("DATABASE_URL"));
  CHECK(shown == "postgresql://me:(hidden)@db:5433/readings?sslpassword=(hidden)");
}

TEST_CASE("PO1 PO4 the policy's defaults follow the settings, fractions of hours included") {
  const auto built_in = accepted({}).app_settings().policy.defaults;
  CHECK(built_in == core::Policy{});
  const auto half = accepted({.environment = {{"SESSION_TIMEOUT_HOURS", "0.5"},
                                              {"SESSION_MAX_PARTICIPANTS", "4"}}})
                        .app_settings();
  CHECK(half.policy.defaults.timeout == std::chrono::seconds(1800));
  CHECK(half.policy.defaults.max_participants == 4);
}

TEST_CASE("WH12 webhooks need a URL and a secret that can be used, or the start ends with a line") {
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const auto with = [](std::map<std::string, std::string> environment) {
    return Sources{.environment = std::move(environment)};
  };
  const auto none = accepted(with({}));
  CHECK(none.webhooks()->targets.empty());
  CHECK_FALSE(none.shared_settings().contains("WEBHOOK_URLS"));
  const auto two = accepted(with(
      {{"WEBHOOK_URLS", "https://a.example/ , https://b.example/"}, {"WEBHOOK_SECRETS", secret}}));
  CHECK(two.webhooks()->targets.size() == 2);
  CHECK(two.webhooks()->keys.size() == 1);
  CHECK(two.shared_settings().at("WEBHOOK_URLS") == "https://a.example/,https://b.example/");
  CHECK(two.shown(*find_setting("WEBHOOK_SECRETS")) == "(hidden)");

  CHECK(contains(refusal(with({{"WEBHOOK_URLS", "https://a.example/"}})),
                 "WEBHOOK_SECRETS: There must be one"));
  CHECK(contains(refusal(with({{"WEBHOOK_SECRETS", "secret"}})), "WEBHOOK_SECRETS: Each must be"));
  CHECK(contains(refusal(with({{"WEBHOOK_URLS", "mail@a.example"}, {"WEBHOOK_SECRETS", secret}})),
                 "WEBHOOK_URLS: \"mail@a.example\" is not a URL"));
  CHECK(contains(refusal(with({{"WEBHOOK_URLS", "http://a.example"}, {"WEBHOOK_SECRETS", secret}})),
                 "WEBHOOK_PRIVATE_TARGETS=on allows http"));
}

}  // namespace tarotforge
