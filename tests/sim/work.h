// What a run has done, counted; runs that have not done something prove nothing of it.
#pragma once

#include <cstdint>
#include <iterator>
#include <string_view>

namespace tarotforge::sim {

struct Work {
  std::uint64_t created = 0, joined = 0, operated = 0, refused = 0, repeated = 0, kept_alive = 0,
                warned = 0, acknowledged = 0, pushed_out = 0, expired = 0, expired_calmly = 0,
                restored = 0, completed = 0, deleted = 0, purged = 0, reconnected = 0,
                turned_away = 0, looked = 0, recounted = 0, crashes = 0, outages = 0, conflicts = 0;
};

struct WorkLine {
  std::string_view done;
  std::uint64_t Work::* count;
  std::string_view nobody;  // what is said where it is 0
};

inline constexpr WorkLine kWorkLines[] = {
    {"created", &Work::created, "nobody has made a reading"},
    {"joined", &Work::joined, "nobody has joined one"},
    {"operated", &Work::operated, "no operation was acknowledged"},
    {"refused", &Work::refused, "nothing was refused"},
    {"repeated", &Work::repeated, "no operation was asked for twice by one key"},
    {"kept alive", &Work::kept_alive, "nobody has kept a reading alive"},
    {"warned", &Work::warned, "nobody was warned"},
    {"acknowledged", &Work::acknowledged, "no warning was acknowledged"},
    {"pushed out", &Work::pushed_out, "no deadline was pushed out by an unseen warning"},
    {"expired", &Work::expired, "no reading has expired"},
    {"expired among servers that were well", &Work::expired_calmly,
     "none has expired while all was well, when lateness is judged"},
    {"restored", &Work::restored, "none was restored"},
    {"completed", &Work::completed, "none was completed"},
    {"deleted", &Work::deleted, "none was deleted"},
    {"purged", &Work::purged, "none was purged"},
    {"reconnected", &Work::reconnected, "nobody has come back to a room"},
    {"turned away", &Work::turned_away, "nobody has turned to other pages"},
    {"looked who is here", &Work::looked, "nobody has looked who is here while all was well"},
    {"recounted", &Work::recounted, "the statistics were not counted again"},
    {"crashes", &Work::crashes, "no server has crashed"},
    {"outages", &Work::outages, "there was no outage"},
    {"conflicts", &Work::conflicts, "no two writers were in each other's way"},
};
static_assert(std::size(kWorkLines) * sizeof(std::uint64_t) == sizeof(Work));

inline void add(Work& sum, const Work& work) {
  for (const auto& line : kWorkLines) sum.*line.count += work.*line.count;
}

}  // namespace tarotforge::sim
