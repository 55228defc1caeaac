// Marks in the code for the simulator: rare branches that its runs must have reached (TF_REACHED),
// and bugs that can be planted for it to find (TF_PLANTED). Only a build with
// TAROTFORGE_SIMULATED has them; in any other the first is nothing and the second is false.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tarotforge {

// Every branch has a name, so that one which is never reached can be told.
#define TF_BRANCHES(X)                                                      \
  X(conflict_reloaded)       /* another writer was first */                 \
  X(claim_refused)           /* the store did not expire what was due */    \
  X(unloaded_refused)        /* … of a session that nobody has loaded */    \
  X(expired_elsewhere)       /* heard of an end that somebody else wrote */ \
  X(restored_elsewhere)      /* … of a whole life that was missed */        \
  X(warned_elsewhere)        /* … of a warning */                           \
  X(removed_elsewhere)       /* … that somebody was removed */              \
  X(joined_elsewhere)        /* a token was new to this server */           \
  X(came_with_more)          /* a client knew more than its new server */   \
  X(operations_missed)       /* told what another server let people do */   \
  X(lost_answer_told)        /* a commit without answer was found done */   \
  X(answer_repeated)         /* a create or join came again */              \
  X(operation_repeated)      /* … an operation */                           \
  X(answered_by_first)       /* … at the same moment as the first */        \
  X(key_reused)              /* … with another body */                      \
  X(server_taken_for_lost)   /* began anew as another incarnation */        \
  X(hold_released_in_vain)   /* a beat failed that gave holds back */       \
  X(outage_taken_over)       /* deadlines moved by an outage */             \
  X(settled_lost_server)     /* a lost server's sessions were credited */   \
  X(held_elsewhere)          /* a holder had not flushed through */         \
  X(warning_postponed)       /* a live client had not shown the warning */  \
  X(expiry_found_by_request) /* whoever asked was first to find it due */   \
  X(activity_near_deadline)  /* input took its turn like a command */       \
  X(join_tried_again)        /* the invite or the row has changed */        \
  X(returned_in_grace)       /* a connection came back in time */           \
  X(ended_while_entering)    /* … while a join read what it missed */       \
  X(clock_followed)          /* the rows moved with the wall clock */       \
  X(clock_set_back)          /* … at a start */                             \
  X(purged_by_sweep)         /* content went when its time was over */      \
  X(swept)                   /* the sweep expired what no timer did */      \
  X(restored)                /* a reading came back */                      \
  X(host_taken_over)         /* the host was away for long */

// Bugs that rooms like these have had. One may be planted in a run.
#define TF_BUGS(X)                                                           \
  X(expires_a_second_early)    /* a deadline that is not quite one */        \
  X(expires_without_recheck)   /* the store trusts whoever claims */         \
  X(expires_twice)             /* a second audit entry of one end */         \
  X(never_retries_expiry)      /* a refused expiry is left to the sweep */   \
  X(keeps_the_generation)      /* a restored room is its old incarnation */  \
  X(tells_before_commit)       /* told before it is durable */               \
  X(forgets_the_key)           /* a repeated request acts again */           \
  X(skips_what_was_missed)     /* a catch-up without its first operation */  \
  X(credits_no_outage)         /* an outage counts as inactivity */          \
  X(follows_no_clock)          /* a jump of the wall clock counts as time */ \
  X(forgets_the_hold)          /* a join does not say who hears the room */  \
  X(settles_nothing)           /* what a lost server heard is forgotten */   \
  X(loses_what_was_heard)      /* a beat leaves out what it should write */  \
  X(counts_presence_by_events) /* the first of two tabs takes both along */  \
  X(lets_ghosts_stay)          /* a lost connection stays in presence */     \
  X(ignores_unseen_warnings)   /* puts out people who saw no warning */      \
  X(shows_face_down_cards)     /* a card's name before it is turned */       \
  X(restores_a_new_deck)       /* shuffles what was to come back */          \
  X(puts_off_for_ever)         /* a warning that stays unseen has no end */  \
  X(takes_a_name_for_activity) /* whoever renames themselves is heard */     \
  X(shows_for_a_minute)        /* … who has left, instead of for 15 s */

enum class Branch : std::uint8_t {
#define TF_NAME(name) name,
  TF_BRANCHES(TF_NAME)
};
enum class Bug : std::uint8_t {
  none,
  TF_BUGS(TF_NAME)
#undef TF_NAME
};

#ifdef TAROTFORGE_SIMULATED

inline constexpr std::string_view kBranchNames[] = {
#define TF_TEXT(name) #name,
    TF_BRANCHES(TF_TEXT)};
inline constexpr std::string_view kBugNames[] = {"none", TF_BUGS(TF_TEXT)
#undef TF_TEXT
};

// How often each branch was taken, by any thread.
inline std::atomic<std::uint64_t> branch_counts[std::size(kBranchNames)];
inline Bug planted_bug = Bug::none;  // set before anything runs

#define TF_REACHED(branch)                                                                       \
  ::tarotforge::branch_counts[static_cast<std::size_t>(::tarotforge::Branch::branch)].fetch_add( \
      1, std::memory_order_relaxed)
#define TF_PLANTED(bug) (::tarotforge::planted_bug == ::tarotforge::Bug::bug)

#else

#define TF_REACHED(branch) static_cast<void>(::tarotforge::Branch::branch)
#define TF_PLANTED(bug) (static_cast<void>(::tarotforge::Bug::bug), false)

#endif

}  // namespace tarotforge
