// Where other programs announce which sessions they have changed. A hint alone: it may come twice,
// late, for nothing or never; the rows are the truth.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "base/ids.h"

namespace tarotforge::ports {

class Announcements {
 public:
  virtual ~Announcements() = default;
  // Waits for the next ones, on the executor of whoever calls. None of them: some may have been
  // missed, so the rows of all are to be asked. One call at a time.
  virtual boost::asio::awaitable<std::vector<SessionId>> next() = 0;
};

}  // namespace tarotforge::ports
