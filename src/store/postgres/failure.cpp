#include "store/postgres/failure.h"

#include <fmt/format.h>

namespace tarotforge::store::postgres {
namespace {

constexpr Duration kTryAgain = std::chrono::seconds(5);  // one beat

bool of_class(const Failure& failure, std::string_view prefix) {
  return failure.sqlstate.starts_with(prefix);
}

// Why saving is paused, nullptr where this is no such failure.
const char* outage(const Failure& failure) {
  if (failure.sqlstate == "53100") return "the database's disk is full";
  if (failure.sqlstate == "25006") return "the database cannot be written";
  if (failure.sqlstate == kTooLate) return "the database does not answer in time";
  if (failure.sqlstate == "55P03" || is_contention(failure)) return "the database is busy";
  if (of_class(failure, "XX001") || of_class(failure, "XX002")) return "the database is damaged";
  if (of_class(failure, "53")) return "the database is at its limits";
  if (of_class(failure, "58")) return "the database's disk cannot be used";
  if (is_loss(failure) || of_class(failure, "28") || of_class(failure, "3D") ||
      failure.sqlstate == kNoTls || failure.sqlstate == kWrongParameter)
    return "the database cannot be reached";
  return nullptr;
}

}  // namespace

bool is_loss(const Failure& failure) { return of_class(failure, "08") || of_class(failure, "57P"); }

bool is_contention(const Failure& failure) {
  return failure.sqlstate == "40001" || failure.sqlstate == "40P01";
}

bool is_constraint(const Failure& failure) { return of_class(failure, "23"); }

bool is_mistake(const Failure& failure) {
  return of_class(failure, "28") || failure.sqlstate == kNoDatabase ||
         failure.sqlstate == kNoRight || failure.sqlstate == kNoTls ||
         failure.sqlstate == kWrongParameter;
}

Failure refusal_of(std::string_view message) {
  // One line for each address that was tried, and more of the last server's words behind them.
  static constexpr std::string_view kFailed = " failed: ";
  const auto last = message.rfind(kFailed);
  auto line = message.substr(last == std::string_view::npos ? 0 : last + kFailed.size());
  line = line.substr(0, line.find('\n'));
  // The server's word: FATAL:  28P01: password authentication failed …
  const auto severity = line.find(":  ");
  if (severity != std::string_view::npos && line.substr(severity + 8, 2) == ": ") {
    std::string sqlstate(line.substr(severity + 3, 5));
    if (sqlstate == kNoRight) sqlstate = kNotLetIn;  // it lacks the right to connect
    return {std::move(sqlstate), std::string(line.substr(severity + 10))};
  }
  const auto says = [&](std::string_view text) { return line.contains(text); };
  if (says("no password supplied")) return {std::string(kWrongPassword), std::string(line)};
  if (says("certificate") || says("SSL was required"))
    return {std::string(kNoTls), std::string(line)};
  // libpq's own word, before it has asked anybody: invalid sslmode value: "odd".
  if (line.starts_with("invalid ")) return {std::string(kWrongParameter), std::string(line)};
  return {std::string(kUnreachable), std::string(line)};
}

bool is_unexpected(const Failure& failure) {
  return error_of(failure).code == ErrorCode::internal || of_class(failure, "XX") ||
         failure.sqlstate == kWrongAnswer;
}

Error error_of(const Failure& failure) {
  if (failure.sqlstate == kLineFull) return ErrorCode::overloaded;
  if (failure.sqlstate == "23505") return ErrorCode::conflict;
  const char* because = outage(failure);
  if (!because)
    return {ErrorCode::internal, fmt::format("The database refused: {}.", failure.message)};
  Error error(ErrorCode::saving_paused,
              fmt::format("Saving is paused because {}. Your change is kept here and will be sent "
                          "again.",
                          because));
  error.retry_after = kTryAgain;
  return error;
}

std::string start_sentence(const std::string& place, const Failure& failure) {
  if (failure.sqlstate == kNoRight)
    return fmt::format(
        "The {} does not let this user make its tables ({}). Grant it the right to create in the "
        "schema, or name another user in DATABASE_URL.",
        place, failure.message);
  if (failure.sqlstate == kWrongPassword)
    return fmt::format(
        "The {} does not take this password ({}). Set the right one in DATABASE_URL or PGPASSWORD.",
        place, failure.message);
  if (failure.sqlstate == kNoDatabase)
    return fmt::format(
        "The {} is not there ({}). Create it with `createdb`, or name another one in DATABASE_URL.",
        place, failure.message);
  if (of_class(failure, "28"))
    return fmt::format(
        "The {} does not let this user in ({}). Name another user in DATABASE_URL, or allow this "
        "one in PostgreSQL: its roles, the right to connect, and pg_hba.conf.",
        place, failure.message);
  if (failure.sqlstate == kNoTls)
    return fmt::format(
        "The way to the {} is not safe ({}). Check sslmode and sslrootcert in DATABASE_URL, and "
        "that the server's certificate is made out to its host's name.",
        place, failure.message);
  if (failure.sqlstate == kWrongParameter)
    return fmt::format("The {} cannot be asked for ({}). Correct that in DATABASE_URL.", place,
                       failure.message);
  if (outage(failure))
    return fmt::format(
        "The {} cannot be used ({}). Check that PostgreSQL runs there and that DATABASE_URL is "
        "right.",
        place, failure.message);
  return fmt::format("The {} cannot be used ({}, SQLSTATE {}). Run `tarotforge doctor`.", place,
                     failure.message, failure.sqlstate);
}

}  // namespace tarotforge::store::postgres
