// The settings in force and where each came from: a flag wins over the environment, that over the
// file, that over the default. Reading it is the only way to get one; it is then whole and valid.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/settings.h"
#include "app/webhooks.h"
#include "base/result.h"
#include "main/setting.h"
#include "net/address.h"
#include "net/limits.h"

namespace tarotforge {

enum class DatabaseKind { sqlite, postgresql };

class Configuration {
 public:
  struct Sources {
    std::map<std::string, std::string> flags{};  // by setting name
    std::map<std::string, std::string> environment{};
    std::optional<std::string> file{};  // path; nullopt: tarotforge.toml where there is one
  };
  struct Value {
    std::string text;
    std::string origin;  // "default", "file PATH", "environment", "flag --x"
  };

  // invalid_value with one clear line: unknown name, wrong type, out of range, unreadable file.
  static Result<Configuration> read(const Sources& sources);

  const Value& value(const Setting& setting) const;
  std::string shown(const Setting& setting) const;  // its text without secrets
  double number(std::string_view name) const;
  bool on(std::string_view name) const;
  const std::string& text(std::string_view name) const;
  bool uses_tls() const { return !text("TLS_CERTIFICATE_FILE").empty(); }
  bool unsafe_timing() const { return on("TAROTFORGE_UNSAFE_TIMING"); }

  app::Settings app_settings() const;
  // The policy and timings that the database keeps for everybody who judges expiry.
  std::map<std::string, std::string> shared_settings() const;

  struct Database {
    DatabaseKind kind;
    std::string name;  // the file's path; otherwise how messages name it, without a password
  };
  Result<Database> database() const;
  struct Listen {
    std::string address;
    std::uint16_t port;
    bool loopback;
  };
  Result<Listen> listen() const;
  Result<net::Networks> trusted_proxies() const;
  net::Rates rates() const;                      // none where RATE_LIMITS is off
  Result<app::WebhookOptions> webhooks() const;  // without a sender; no targets: none

 private:
  Result<> take(const Setting& setting, std::string text, std::string origin);
  Result<> take_file(const std::string& path);
  Result<> check_timings() const;

  std::map<std::string, Value, std::less<>> values_;
};

// All of this process's environment.
std::map<std::string, std::string> process_environment();

}  // namespace tarotforge
