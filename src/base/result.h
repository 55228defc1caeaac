// Result<T>: a value or the refusal that stands in its place. Dropping one is a compile error.
// TRY(expression) returns the refusal from the enclosing function or coroutine; TRY_ASSIGN names
// the value. Both are statements: inside coroutines write co_TRY forms, which use co_return.
#pragma once

#include <expected>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace tarotforge {

template <class T = void>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
  // NOLINTNEXTLINE(google-explicit-constructor): `return ErrorCode::x;` reads as what it is.
  Result(ErrorCode code) : std::expected<T, Error>(std::unexpect, Error(code)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(Error error) : std::expected<T, Error>(std::unexpect, std::move(error)) {}
};

#define TF_JOIN2(a, b) a##b
#define TF_JOIN(a, b) TF_JOIN2(a, b)

#define TF_TRY_WITH(return_word, name, ...) \
  auto name = (__VA_ARGS__);                \
  if (!name) return_word ::tarotforge::Error(std::move(name).error())

#define TRY(...)                                \
  do {                                          \
    TF_TRY_WITH(return, tf_tried, __VA_ARGS__); \
  } while (false)
#define CO_TRY(...)                                \
  do {                                             \
    TF_TRY_WITH(co_return, tf_tried, __VA_ARGS__); \
  } while (false)

#define TRY_ASSIGN(declaration, ...)                              \
  TF_TRY_WITH(return, TF_JOIN(tf_tried_, __LINE__), __VA_ARGS__); \
  declaration = *std::move(TF_JOIN(tf_tried_, __LINE__))
#define CO_TRY_ASSIGN(declaration, ...)                              \
  TF_TRY_WITH(co_return, TF_JOIN(tf_tried_, __LINE__), __VA_ARGS__); \
  declaration = *std::move(TF_JOIN(tf_tried_, __LINE__))

}  // namespace tarotforge
