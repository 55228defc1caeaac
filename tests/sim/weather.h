// What goes wrong in a run, and how often: drawn once from the seed, switched off for its end.
#pragma once

#include "base/instant.h"
#include "base/random.h"

namespace tarotforge::sim {

inline bool one_in(Prng& random, std::uint32_t count) {
  return count > 0 && random.below(count) == 0;
}
inline Duration between(Prng& random, Duration least, Duration most) {
  return least + Duration(random.below(static_cast<std::uint32_t>((most - least).count()) + 1));
}

struct Weather {
  // One in so many; 0: never.
  std::uint32_t refuse = 0;       // a call of the store, without effect
  std::uint32_t lose_answer = 0;  // … with its effect
  std::uint32_t slow_call = 0;    // takes up to `slowest`
  std::uint32_t slow_packet = 0;  // a message of the network, likewise
  Duration slowest{2000};
  std::uint32_t lose_hint = 0;  // an announcement is lost, or comes twice

  // How long until the next, on average; 0: never.
  Duration cut{0};          // a client's connection is lost
  Duration sleep{0};        // a client's machine sleeps
  Duration crash{0};        // a server is killed
  Duration freeze{0};       // a server stands still
  Duration partition{0};    // a server is cut off from the database
  Duration outage{0};       // everybody is
  Duration wall_jump{0};    // a wall clock jumps
  Duration clean_stop{0};   // a server is restarted in an orderly way
  Duration foreign_run{0};  // somebody sweeps past the servers

  Duration longest_way() const { return slow_packet > 0 ? slowest : Duration(0); }

  static Weather calm() { return {}; }
  static Weather draw(Prng& random, int servers) {
    Weather weather;
    const auto rate = [&](std::uint32_t least, std::uint32_t most) {
      return one_in(random, 2) ? 0u : least + random.below(most - least);
    };
    const auto every = [&](int least, int most) {
      return Duration(std::chrono::seconds(
          one_in(random, 2) ? 0 : least + static_cast<int>(random.below(most - least))));
    };
    if (one_in(random, 5)) return weather;  // nothing at all: only then is lateness strict
    weather.refuse = rate(20, 400);
    weather.lose_answer = rate(20, 400);
    weather.slow_call = rate(5, 100);
    weather.slow_packet = rate(5, 100);
    weather.slowest = Duration(200 + random.below(8000));
    weather.lose_hint = rate(2, 6);
    weather.cut = every(5, 60);
    weather.sleep = every(20, 120);
    weather.crash = every(20, 150);
    weather.freeze = every(30, 150);
    if (servers > 1) weather.partition = every(30, 150);
    weather.outage = every(40, 200);
    if (servers == 1) weather.wall_jump = every(20, 120);
    weather.clean_stop = every(40, 200);
    weather.foreign_run = every(10, 60);
    return weather;
  }
};

}  // namespace tarotforge::sim
