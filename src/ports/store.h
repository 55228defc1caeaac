// What we ask of the database. Every method is one whole transaction, named for its use case:
// committed when it answers with a value, without effect when it answers with an error. Instants
// are the caller's monotonic axis; the store writes them as its own time by their age, so that a
// jump of a wall clock changes nobody's inactivity.
//
// Errors of every method: saving_paused (the store cannot be reached, is full or locked) and
// overloaded (its queue is full). Each method names its others.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/session.h"
#include "core/summed_days.h"
#include "ports/task.h"
#include "ports/webhook_store.h"

namespace tarotforge::ports {

// An operation as everybody was told about it: `told` is the text of its wire form.
struct StoredOperation {
  std::uint64_t version;
  std::uint32_t generation;
  ParticipantId by;
  std::optional<IdempotencyKey> key;
  Digest request_hash{};  // of the request's text, so that a reused key is told from a repetition
  std::string kind;
  std::string told;  // JSON
  Instant at;
};

// The answer once given to an idempotent request, kept kIdempotencyKept per caller.
struct StoredAnswer {
  std::string caller;  // who asked: a token's digest, an address, or an invite's code
  IdempotencyKey key;
  Digest body_hash;
  std::string answer;  // JSON
  Instant at;
};
inline constexpr Duration kIdempotencyKept = std::chrono::hours(24);

// One line of the audit log. `data` is a JSON object; names and texts of people never stand in it.
struct AuditEntry {
  EventId id;
  std::string type;
  std::uint32_t generation;
  std::optional<ParticipantId> participant;
  std::string data = "{}";
  Instant at;
};

// One change of one session, committed whole or not at all.
struct Change {
  core::SessionData session;        // as it shall be
  std::uint64_t read_revision = 0;  // as it was read; 0 inserts
  std::vector<StoredOperation> operations{};
  std::vector<AuditEntry> audit{};
  std::vector<core::Invite> new_invites{};
  std::optional<InviteId> used_invite{};  // counts one use
  std::optional<InviteId> revoked_invite{};
  bool close_invites = false;   // expiry and completion close what is open
  bool reopen_invites = false;  // restore opens what expiry closed
  bool hold = false;            // this server hears the session from now on
  std::optional<StoredAnswer> answer{};
};

struct Committed {
  std::uint64_t revision;
};

// Asks to expire one session whose timer came up. The caller has advanced its copy and found the
// deadline reached; the store judges again, in the transaction that does it.
struct ExpiryClaim {
  SessionId session;
  std::uint32_t generation;
  std::optional<Instant> heard{};  // activity not yet flushed
  bool kept_alive = false;
  Instant heard_through;  // everything this server heard up to here is in `heard` or the rows
};
struct ExpiredSession {
  SessionId session;
  std::uint32_t generation;
  Instant last_activity;
  core::Expired effect;
};

// What of an open session decides about its end.
struct OpenSession {
  SessionId id;
  std::uint32_t generation;
  Instant last_activity;
  Instant created_at;
  core::Policy policy;
  std::optional<Instant> warned_at;
  std::optional<Instant> extended_until;
};

struct InviteWithSession {
  core::Invite invite;
  core::SessionData session;
};

class SessionStore {
 public:
  virtual ~SessionStore() = default;

  // session_not_found. A purged session is found, without its content.
  virtual Task<core::SessionData> load(SessionId id) = 0;

  // conflict where the row's revision is not read_revision (load again, apply again), where the
  // used invite has no use left, or where an insert finds the id; idempotency_key_reused where
  // the answer's key is known with another body.
  virtual Task<Committed> commit(Change change) = 0;

  // Expires those that may expire; the others are left as they are, without an error. Settles
  // lost holds first.
  virtual Task<std::vector<ExpiredSession>> expire(std::vector<ExpiryClaim> claims) = 0;

  // In order of version; at most `limit`.
  virtual Task<std::vector<StoredOperation>> operations_after(SessionId id, std::uint64_t version,
                                                              std::size_t limit) = 0;

  // What was answered to this caller under this key, whatever the body was.
  virtual Task<std::optional<StoredAnswer>> recall(std::string caller, IdempotencyKey key) = 0;
  // The operation that this participant sent under this key.
  virtual Task<std::optional<StoredOperation>> recall_operation(SessionId session, ParticipantId by,
                                                                IdempotencyKey key) = 0;

  // invite_not_found.
  virtual Task<InviteWithSession> find_invite(std::string code) = 0;
  virtual Task<std::vector<core::Invite>> invites(SessionId id) = 0;  // oldest first

  // Open sessions with an id after `after`, in order of id; fewer than `limit` at the end.
  virtual Task<std::vector<OpenSession>> open_sessions(SessionId after, std::size_t limit) = 0;

  // Erases the content of these sessions now (question, cards, names, interpretation, operations,
  // idempotent answers, tokens), keeping skeleton rows and the audit log. Already purged or
  // unknown ids are passed over.
  virtual Task<std::size_t> purge(std::vector<SessionId> ids, core::EndReason if_open) = 0;

  // Whether any participant of any session holds this token.
  virtual Task<bool> token_known(Digest token_hash) = 0;

  // Sessions among these whose revision in the database is another than the given one: what
  // somebody else changed.
  struct Known {
    SessionId id;
    std::uint64_t revision;
  };
  virtual Task<std::vector<SessionId>> changed_elsewhere(std::vector<Known> known) = 0;
};

// What one server writes every beat.
struct Beat {
  struct Heard {
    SessionId session;
    std::uint32_t generation;
    Instant last_activity;
  };
  struct Seen {
    SessionId session;
    ParticipantId participant;
    Instant last_seen_at;
  };
  std::vector<Heard> heard{};
  std::vector<Seen> seen{};
  std::vector<SessionId> released{};  // holds to remove: sessions whose last socket left
  Instant flushed_through;            // everything heard up to here is in this beat or the rows
};

struct BeatResult {
  Instant observed_now;               // the newest alive_at
  Duration calendar_shift;            // wall minus monotonic, after any jump of the wall clock
  std::vector<core::Outage> outages;  // those that may still matter, sorted, without overlap
  bool changed_elsewhere = false;     // another process may have committed since the last beat
  bool lost = false;                  // this server's row was found lost: register anew
};

class ServerStore {
 public:
  virtual ~ServerStore() = default;

  // Registers a new incarnation, settles what dead servers held, and records the gap since the
  // newest beat as an outage where it is longer than kOutageGap.
  virtual Task<BeatResult> register_server(ServerId id, std::string version) = 0;
  virtual Task<BeatResult> beat(Beat beat) = 0;
  // The last beat of a clean stop; removes every hold of this server and marks it stopped.
  virtual Task<> retire(Beat last) = 0;
  // Writes the settings that SQL callers and the command line share.
  virtual Task<> publish_settings(std::map<std::string, std::string> settings) = 0;
  // A read and a write that change nothing: is the store there?
  virtual Task<> probe() = 0;
};
inline constexpr Duration kBeatInterval = std::chrono::seconds(5);
inline constexpr Duration kOutageGap = std::chrono::seconds(15);  // three beats missed
inline constexpr Duration kServerLostAfter = std::chrono::seconds(30);
// What a server may have heard in good faith since its last beat: an interval, and the deadline of
// the beat that then did not come back.
inline constexpr Duration kUnflushed = kBeatInterval + std::chrono::seconds(5);
// The most that the rows can lag behind what a server has heard: a coarse stamp, and that.
inline constexpr Duration kSettlement = std::chrono::seconds(60) + kUnflushed;

struct SweepRequest {
  std::size_t batch = 500;
  bool dry_run = false;
};
struct SweptSession {
  SessionId id;
  std::string reason;  // inactivity_timeout, recovery_over
  Instant last_activity;
};
struct SweepCursor {  // the last candidate looked at
  std::optional<Instant> updated_at{};
  SessionId id{};
};
struct SweptBatch {
  std::vector<ExpiredSession> expired{};
  std::vector<SweptSession> sessions{};  // all that this batch ended or purged, or would
  std::size_t purged = 0;
  std::size_t invites_closed = 0;
  std::size_t orphans_removed = 0;
  std::size_t quarantined = 0;        // content that could not be purged; logged and counted
  std::optional<SweepCursor> next{};  // where a further batch goes on; nullopt: no more work
};

// The safety net. Each call is one batch in one transaction.
class SweepStore {
 public:
  virtual ~SweepStore() = default;

  // Oldest first: expires what may expire (the same judgement as SessionStore::expire).
  virtual Task<SweptBatch> expire_batch(SweepRequest request, SweepCursor after) = 0;
  // Purges ended sessions whose recovery window is over.
  virtual Task<SweptBatch> purge_batch(SweepRequest request) = 0;
  // Closes invites past their own expiry, removes holds, participants, operations and idempotent
  // answers that belong to nothing any more or are too old, and audit entries, skeletons and dead
  // webhooks past their retention.
  virtual Task<SweptBatch> tidy_batch(SweepRequest request, Duration audit_retention) = 0;
};

struct RecordedOutage {
  Instant started_at, ended_at;
  Duration credit;
};
struct ServerLine {  // one incarnation of a server
  ServerId id;
  std::string version;
  Instant started_at, alive_at;
  bool stopped = false;  // it stopped, or was found lost
};
inline constexpr std::size_t kOutagesListed = 20;
inline constexpr std::size_t kServersListed = 50;

struct Statistics {
  std::uint64_t total_sessions = 0;
  std::uint64_t active_sessions = 0;
  std::uint64_t inactive_sessions = 0;
  std::uint64_t sessions_with_recent_activity = 0;  // active, within their timeout
  std::uint64_t warned = 0;
  std::uint64_t expired_last_hour = 0;
  std::uint64_t restorable = 0;
  std::uint64_t purged = 0;
  std::uint64_t completed = 0;
  std::uint64_t participants_total = 0;
  std::uint64_t outages = 0;
  Duration outage_credit{0};
  std::uint64_t unpurged = 0;                    // ended, and past their recovery window
  std::vector<RecordedOutage> recent_outages{};  // newest first
  std::vector<ServerLine> servers{};             // newest sign of life first
  std::vector<WebhookCounts> webhooks{};         // by target
};
struct SessionListing {
  SessionId id;
  std::string status;  // active, expired, completed, purged
  std::uint32_t generation;
  std::string deck_id;
  std::uint64_t participants;
  Instant created_at, updated_at, last_activity;
  std::optional<Instant> ended_at, restorable_until;  // the latter of an expired one only
};
struct SessionFilter {
  std::optional<std::string> status{};
  SessionId after{};  // in the order of the answer; nil: from its beginning
  std::size_t limit = 100;
  std::optional<std::string> deck{};
  std::optional<Uuid> host{};  // the participant who is host, or the user they are
  std::optional<Instant> created_since{}, active_since{};
  bool newest_first = false;
};
struct StoredAuditEntry {
  AuditEntry entry;
  SessionId session;
  std::uint64_t sequence;  // gapless per session
};
struct EventFilter {
  std::optional<Instant> since{};    // by their own stamps, this one included
  std::vector<std::string> types{};  // none: all
  std::size_t limit = 1000;          // the newest so many
};

class ReportStore {
 public:
  virtual ~ReportStore() = default;

  virtual Task<Statistics> statistics() = 0;  // recounted from the rows
  virtual Task<std::vector<SessionListing>> sessions(SessionFilter filter) = 0;
  virtual Task<std::vector<StoredAuditEntry>> audit(SessionId id, std::uint64_t after_sequence,
                                                    std::size_t limit) = 0;
  // In the same order.
  virtual Task<std::vector<StoredAuditEntry>> newest_audit(SessionId id, std::size_t limit) = 0;
  // The policy settings that some server published; empty where none did.
  virtual Task<std::map<std::string, std::string>> settings() = 0;
  // A copy of the whole database, taken while it is in use. not_allowed where `path` exists.
  virtual Task<> backup(std::string path) = 0;
  // Lines of what is wrong with the file, its schema or its references; empty when sound.
  virtual Task<std::vector<std::string>> diagnose() = 0;
  // Entries of the audit log of all sessions, in the order of their stamps. An entry's stamp is
  // older than its commit: whoever follows the log asks for the last kEventLag again.
  virtual Task<std::vector<StoredAuditEntry>> events(EventFilter filter) = 0;
};
// An expiry is judged at the newest sign of life, up to an outage gap ago, and a commit is refused
// after 5 s.
inline constexpr Duration kEventLag = kOutageGap + std::chrono::seconds(5);

// What one server measured in the minute before `at`: means, but of what is counted the sum.
struct MeasuredMinute {
  Instant at;
  std::uint64_t active_sessions = 0;
  std::uint64_t connected = 0;
  std::uint64_t connections = 0;
  std::uint64_t joins = 0;
  std::uint64_t operations = 0;
  std::uint64_t heartbeats = 0;
  std::uint64_t memory_bytes = 0;
  std::optional<Duration> lateness_p99{};  // none where nothing expired
  Duration flush_lag{0};
};

class MeasurementStore {
 public:
  virtual ~MeasurementStore() = default;

  // Keeps what this server measured, and forgets what any measured before `forget`.
  virtual Task<> keep_minute(MeasuredMinute minute, Instant forget) = 0;
  // Of all servers together, oldest first.
  virtual Task<std::vector<MeasuredMinute>> minutes_since(Instant since) = 0;
};

// Figures of the past, from the rows; docs/reports.md has the SQL of each.
class UsageStore {
 public:
  virtual ~UsageStore() = default;

  // Of the sessions created in the period, by month and host; guests first in each month.
  virtual Task<std::vector<core::Usage>> usage(core::Period period) = 0;
  // Each name and key once, in no order.
  virtual Task<std::vector<core::Figure>> figures(core::Period period) = 0;

  // Sums the next whole day whose sessions are all purged, so that it is not counted again; false
  // where there is none yet.
  virtual Task<bool> sum_next_day() = 0;
  virtual Task<> forget_summed_days() = 0;
  // The first summed day from `day` on, held against its rows; nullopt where there is none.
  virtual Task<std::optional<core::CheckedDay>> check_summed_day(WallTime day) = 0;
};

// The whole store of one server.
class Store : public SessionStore,
              public ServerStore,
              public SweepStore,
              public ReportStore,
              public MeasurementStore,
              public WebhookStore,
              public UsageStore {};

}  // namespace tarotforge::ports
