// PostgreSQL's own refusals, and those of the way to it, inside src/store/postgres: thrown where
// an answer is read, caught where a call ends, and turned into an Error there. None leaves this
// folder.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace tarotforge::store::postgres {

struct Failure {
  std::string sqlstate;  // five characters; the connection's own are below
  std::string message;
};

// What the connection layer says itself, in PostgreSQL's words for the same thing.
inline constexpr std::string_view kUnreachable = "08001";
inline constexpr std::string_view kConnectionLost = "08006";
inline constexpr std::string_view kWrongAnswer = "08P01";
inline constexpr std::string_view kTooLate = "57014";
inline constexpr std::string_view kWrongColumn = "42804";
inline constexpr std::string_view kWrongPassword = "28P01";
inline constexpr std::string_view kNotLetIn = "28000";
inline constexpr std::string_view kNoDatabase = "3D000";
inline constexpr std::string_view kNoRight = "42501";
inline constexpr std::string_view kWrongParameter = "22023";  // of the URL or libpq's environment
// Ours alone: the line of those who wait for a connection is full; TLS as it was asked for cannot
// be had.
inline constexpr std::string_view kLineFull = "TF001";
inline constexpr std::string_view kNoTls = "TF002";

// True where the connection is of no use any more.
bool is_loss(const Failure& failure);
// True where the same work may succeed when it is done again at once.
bool is_contention(const Failure& failure);
// True where another row's value stands in the way: a unique or foreign key, a check.
bool is_constraint(const Failure& failure);
// True for those that operators must look into: neither an outage nor a taken value.
bool is_unexpected(const Failure& failure);

// True where waiting mends nothing: the URL or the rights of its user must be changed.
bool is_mistake(const Failure& failure);

// Why there is no connection, from libpq's whole message in its verbose form.
Failure refusal_of(std::string_view message);

// saving_paused where the database is away, full, read only or too slow; overloaded where too many
// wait; conflict where a unique value is taken; otherwise internal. The detail is for people in a
// reading, not for operators.
Error error_of(const Failure& failure);

// What an operator reads when the database cannot be used: the reason and the next step.
// `place` is how describe() in connection.h names it.
std::string start_sentence(const std::string& place, const Failure& failure);

}  // namespace tarotforge::store::postgres
