// What the commands beside a server work with: the database, opened beside a server if there is
// one, and a house without guests over it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "app/house.h"
#include "main/console_log.h"
#include "main/database.h"
#include "main/output.h"
#include "main/run_task.h"
#include "main/system_clock.h"
#include "main/system_random.h"

namespace tarotforge {

struct Workshop {
  boost::asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random{};
  ConsoleLog log;
  std::unique_ptr<ports::Store> store{};
  std::unique_ptr<app::House> house{};

  explicit Workshop(const Configuration& configuration);
  Result<> open(const Configuration& configuration);

  template <class T>
  Result<T> run(ports::Task<T> task) {
    return run_task(context, std::move(task));
  }
};

// Opens, runs `work`, prints a refusal.
template <class Work>
int with_workshop(const Configuration& configuration, Work work) {
  Workshop workshop(configuration);
  if (const auto opened = workshop.open(configuration); !opened) return failed(opened.error());
  return work(workshop);
}

// The session that somebody named; a refusal says how to find the right one.
Result<SessionId> session_id(const std::string& text);

}  // namespace tarotforge
