#include "main/demo.h"

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <filesystem>

#include "app/demo.h"
#include "main/migrate.h"
#include "main/workshop.h"

namespace tarotforge {
namespace {

// How many changes wait for the store at once. SQLite takes 256 in one commit, and finds as many
// when that is done; of PostgreSQL each connection (DATABASE_CONNECTIONS, 4) has one, others wait.
constexpr std::size_t kSqliteLanes = 512, kPostgresLanes = 16;
// So that some hosts return, and cohorts have something to show.
constexpr std::size_t kSessionsPerHost = 8;

// Makes and stores sessions until there are enough or one is refused.
class Filling {
 public:
  Filling(Workshop& workshop, app::Demo& demo, std::size_t sessions)
      : workshop_(workshop), demo_(demo), left_(sessions) {}

  Result<std::size_t> run(std::size_t lanes) {
    std::size_t under_way = lanes;
    for (std::size_t i = 0; i < lanes; ++i)
      boost::asio::co_spawn(workshop_.context, lane(),
                            [&](std::exception_ptr broken, Result<> done) {
                              check(!broken, "a store answers without an exception");
                              if (!done && !refusal_) refusal_ = std::move(done).error();
                              --under_way;
                            });
    workshop_.context.restart();
    while (under_way > 0 && workshop_.context.run_one() > 0) {
    }
    if (refusal_) return *std::move(refusal_);
    return stored_;
  }

 private:
  ports::Task<> lane() {
    while (left_ > 0 && !refusal_) {
      --left_;
      CO_TRY(co_await workshop_.store->commit(demo_.make()));
      ++stored_;
    }
    co_return Result<>();
  }

  Workshop& workshop_;
  app::Demo& demo_;
  std::size_t left_;
  std::size_t stored_ = 0;
  std::optional<Error> refusal_{};
};

Result<> require_empty(Workshop& workshop) {
  TRY_ASSIGN(const auto counted, workshop.run(workshop.store->statistics()));
  if (counted.total_sessions == 0) return {};
  return Error(ErrorCode::not_allowed,
               fmt::format("This database has {} sessions. Name another in DATABASE_URL, or add "
                           "made-up ones to them with --add.",
                           counted.total_sessions));
}

}  // namespace

int demo(const Configuration& configuration, DemoRequest request) {
  // A file that is not there yet is made, as `serve` does.
  const auto place = configuration.database();
  if (!place) return failed(place.error());
  if (place->kind == DatabaseKind::sqlite && !std::filesystem::exists(place->name))
    if (const int code = migrate_up(configuration); code != 0) return code;
  return with_workshop(configuration, [&](Workshop& workshop) {
    if (!request.add)
      if (const auto empty = require_empty(workshop); !empty) return failed(empty.error());
    const Duration span(static_cast<std::int64_t>(request.hours * 3'600'000));
    const auto began = workshop.clock.now();
    app::Demo made(workshop.house->world, workshop.house->settings, workshop.context.get_executor(),
                   span, 1 + request.sessions / kSessionsPerHost);
    const bool on_sqlite = place->kind == DatabaseKind::sqlite;
    const auto stored =
        Filling(workshop, made, request.sessions).run(on_sqlite ? kSqliteLanes : kPostgresLanes);
    if (!stored) return failed(stored.error());
    // Days that had been summed may have got sessions.
    const auto forgotten = workshop.run(workshop.store->forget_summed_days());
    if (!forgotten) return failed(forgotten.error());
    const auto took = workshop.clock.now() - began;
    fmt::print("Made up {} sessions of the last {:g} hours in {:.1f} s.\n", *stored, request.hours,
               static_cast<double>(took.count()) / 1000);
    return 0;
  });
}

}  // namespace tarotforge
