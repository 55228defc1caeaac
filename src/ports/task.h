// What the methods of ports answer: a value or a refusal, once it is known.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/result.h"

namespace tarotforge::ports {

template <class T = void>
using Task = boost::asio::awaitable<Result<T>>;

}  // namespace tarotforge::ports
