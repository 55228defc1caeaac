// The one judgement of expiry, for timers, sweeps and the command line alike, on every database: in
// observed time, under the lock of the session's row, after what lost servers may have heard has
// been settled. A session may expire when its deadline is reached at observed now and every server
// that holds it has flushed through that deadline. The adapters bring the rows and write the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/store.h"
#include "store/context.h"

namespace tarotforge::store {

// What all judgements of one transaction share.
struct Observation {
  Instant now;                          // the newest alive_at; the wall clock where no server was
  std::vector<core::Outage> outages{};  // those that may still matter, sorted, without overlap
  Instant listening_since{INT64_MIN / 2};
  Duration presence_interval{};
};

// `started_at` is the newest server's, `setting` the published PRESENCE_UPDATE_SECONDS.
Observation observation(Instant now, std::optional<Instant> started_at,
                        std::vector<core::Outage> outages,
                        const std::optional<std::string>& setting);

// Adds an outage that starts no earlier than those before it; one that overlaps makes the last one
// longer.
void add_outage(std::vector<core::Outage>& outages, const core::Outage& outage);

// Until when all that hold a session have heard it: the earliest of its holders.
class HeardByAll {
 public:
  HeardByAll(const Context& context, const ports::ExpiryClaim& claim)
      : server_(context.server), own_(claim.heard_through) {}

  void add(ServerId holder, Instant flushed_through);
  Instant through() const { return through_; }  // the far future where nobody holds it

 private:
  std::optional<ServerId> server_;
  Instant own_;
  Instant through_{INT64_MAX};
};

// The end of a session that is not written by commit(): its row, its participants and invites, and
// one audit entry named for the reason.
struct End {
  SessionId session;
  core::EndReason reason;
  std::uint32_t generation;
  Instant at;
  Instant restorable_until;
  Instant last_activity;
  std::string audit_data;
};

// What the rows say of an open session now.
struct OpenRow {
  ports::OpenSession session{};
  std::optional<std::string> policy{};  // as it is read; judge() takes it over
  std::uint32_t participants = 0;       // who are active
};

struct Judgement {
  ports::ExpiredSession expired;
  End end;
};

// Expired, or nullopt where the session may not expire, or where its row is damaged, which is
// logged. `claim.heard_through` counts only where this store is a registered server's own.
std::optional<Judgement> judge(OpenRow row, const ports::ExpiryClaim& claim,
                               const Observation& observed, const Context& context,
                               Instant heard_by_all, Calendar calendar);

}  // namespace tarotforge::store
