// A store that is read and never written, over a real one.
#include "store/read_only_store.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

template <class Backend>
class ReadOnlyWorld : public StoreWorld<Backend> {
 public:
  ReadOnlyWorld() {
    session = this->create();
    this->open_aside();
    reader =
        std::make_unique<store::ReadOnlyStore>(std::move(this->aside), this->clock, "Not yet.");
  }

  core::SessionData session;
  std::unique_ptr<ports::Store> reader;
};

}  // namespace

TEST_CASE_TEMPLATE("MG12 a store that only reads refuses what writes, with its sentence", Backend,
                   TF_STORES) {
  ReadOnlyWorld<Backend> world;
  auto changed = world.session;
  changed.reading.question = "Changed?";
  const auto refused =
      world.run(world.reader->commit({.session = changed, .read_revision = changed.revision}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::saving_paused);
  CHECK(refused.error().sentence() == "Not yet.");
  CHECK(world.refusal(world.reader->purge({changed.id}, core::EndReason::completed)) ==
        ErrorCode::saving_paused);
  CHECK(world.get(world.store->load(changed.id)) == world.session);
}

TEST_CASE_TEMPLATE("MG12 a store that only reads expires nothing and registers no server", Backend,
                   TF_STORES) {
  ReadOnlyWorld<Backend> world;
  world.get(world.reader->register_server(world.template make_id<ServerId>(), "test"));
  world.clock.advance(std::chrono::hours(2));
  CHECK(world.get(world.reader->beat({})).observed_now == world.clock.now());
  CHECK(world.get(world.reader->expire({world.claim(world.session)})).empty());
  CHECK(world.get(world.reader->expire_batch({}, {})).sessions.empty());
  CHECK(world.get(world.reader->open_sessions({}, 10)).empty());
  world.get(world.reader->publish_settings({{"SESSION_TIMEOUT_HOURS", "9"}}));
  world.get(world.reader->retire({}));
  CHECK(world.get(world.store->settings()).empty());
  CHECK(world.is_open(world.session.id));
}

TEST_CASE_TEMPLATE("MG12 what a store that only reads has loaded is loaded again each time",
                   Backend, TF_STORES) {
  ReadOnlyWorld<Backend> world;
  const auto first = world.get(world.reader->load(world.session.id));
  CHECK(first.reading == world.session.reading);
  CHECK(world.get(world.reader->changed_elsewhere({{first.id, first.revision}})) ==
        std::vector{first.id});
  CHECK(world.get(world.reader->load(first.id)).revision > first.revision);
  CHECK(world.get(world.reader->sessions({})).size() == 1);
  CHECK(world.get(world.reader->statistics()).active_sessions == 1);
}

}  // namespace tarotforge::test
