// The load of `./dev bench connections`: joins many idle participants to rooms of one server, has
// all of them send heartbeats and a few of them move a cursor, and reads what the server's process
// used meanwhile. It prints one line of JSON. connections.ts runs it against each server in turn.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <random>

#include "tests/bench/connections_dialect.h"
#include "tests/bench/connections_process.h"
#include "tests/bench/connections_rooms.h"
#include "tests/bench/connections_wire.h"

namespace {

using namespace tarotforge::bench;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Options {
  std::string server = "tarotforge";  // or ws, or socketio
  std::uint16_t port = 0;
  int pid = 0;
  std::uint32_t connections = 15'000;
  std::uint32_t room = 4;
  std::uint32_t hold_seconds = 0;  // a heartbeat per participant each 30 s, as the phoenix client
};

constexpr std::uint32_t kWarmUp = 64;        // participants, before memory is first read
constexpr std::uint32_t kBatch = 1'000;      // opened, then joined: well within the join deadline
constexpr std::uint32_t kInFlight = 100;     // handshakes, joins, heartbeats or moves at once
constexpr std::uint32_t kBeats = 2;          // of each participant
constexpr double kBeatsPerSecond = 5'000;    // a load that every server here carries with ease
constexpr std::uint32_t kPointers = 300;     // participants who move their cursor
constexpr std::uint32_t kWarmUpBeats = 50;   // enough for V8 to compile what is hot
constexpr double kCursorsPerSecond = 3'000;  // 10 of each: half of what TarotForge lets through
constexpr std::uint32_t kCursorSeconds = 4;
constexpr double kClientBeatSeconds = 30;  // of the phoenix client from npm
constexpr auto kGiveUp = seconds(60);

[[noreturn]] void give_up(std::string_view why) {
  fmt::print(stderr, "bench_connections: {}\n", why);
  std::exit(1);
}

// A crowd of participants, all of one server, and what they heard.
class Crowd final : public Ears {
 public:
  Crowd(const Dialect& dialect, std::uint16_t port, std::vector<Seat> seats)
      : dialect_(dialect), seats_(std::move(seats)), people_(seats_.size()), wire_(port, *this) {}

  void opened(std::uint32_t peer) override {
    if (!dialect_.greets()) ++ready_;
    (void)peer;
  }

  void heard(std::uint32_t peer, std::string_view text) override {
    switch (dialect_.meaning(text)) {
      case Heard::greet:
        return wire_.send(peer, "40");
      case Heard::ready:
        ++ready_;
        return;
      case Heard::joined:
        ++joined_;
        return;
      case Heard::refused:
        give_up(fmt::format("a join was refused: {}", text));
      case Heard::ping:
        return wire_.send(peer, "3");
      case Heard::beat:
        // In order, each once: anything else would be a loss or a repetition.
        if (dialect_.beat_number(text) != ++people_[peer].answered)
          give_up(fmt::format("heartbeat {} answered with {}", people_[peer].answered, text));
        ++answered_;
        return;
      case Heard::cursor:
        ++cursors_;
        cursor_bytes_ += text.size();
        return;
      case Heard::other:
        ++others_;
    }
  }

  void lost(std::uint32_t peer, std::string_view why) override {
    if (++lost_ <= 3) fmt::print(stderr, "bench_connections: peer {} lost: {}\n", peer, why);
  }

  // Opens and joins people up to that number.
  void open(std::uint32_t end) {
    const auto start = ready_;
    for (auto opened = start; opened < end; ++opened) {
      wire_.open(dialect_.target());
      wait([&] { return ready_ + kInFlight > opened; }, "handshakes");
    }
    wait([&] { return ready_ == end; }, "handshakes");
  }
  void join(std::uint32_t end) {
    for (auto asked = joined_; asked < end; ++asked) {
      wire_.send(asked, dialect_.join(seats_[asked]));
      wait([&] { return joined_ + kInFlight > asked; }, "joins");
    }
    wait([&] { return joined_ == end; }, "joins");
  }

  // Everyone sends `each` heartbeats, in an order without pattern; all must be answered.
  void beat(std::uint32_t each, double per_second) {
    const auto order = shuffled(size());
    const auto total = answered_ + std::uint64_t{each} * size();
    pace(std::size_t{each} * size(), per_second, [&](std::size_t i) {
      const auto peer = order[i % order.size()];
      wire_.send(peer, dialect_.beat(++people_[peer].sent));
    });
    wait([&] { return answered_ == total; }, "heartbeats");
  }

  // The same with so many on their way at once, as fast as the server answers.
  void beat_busily(std::uint32_t each, std::uint32_t in_flight) {
    const auto order = shuffled(size());
    const auto start = answered_, total = start + std::uint64_t{each} * size();
    for (std::uint64_t i = start; i < total; ++i) {
      const auto peer = order[(i - start) % order.size()];
      wire_.send(peer, dialect_.beat(++people_[peer].sent));
      wait([&] { return answered_ + in_flight > i; }, "heartbeats");
    }
    wait([&] { return answered_ == total; }, "heartbeats");
  }

  // Everyone moves their cursor `each` times, so many moves on their way at once.
  void move_busily(std::uint32_t each, std::uint32_t in_flight, std::uint32_t room) {
    const auto order = shuffled(size());
    const std::uint64_t heard = room - 1, start = cursors_;
    for (std::uint64_t i = 0; i < std::uint64_t{each} * size(); ++i) {
      const auto peer = order[i % order.size()];
      wire_.send(peer, dialect_.cursor(seats_[peer], static_cast<std::uint32_t>(i)));
      wait([&] { return cursors_ + in_flight * heard > start + i * heard; }, "cursors");
    }
    wait([&] { return cursors_ == start + heard * each * size(); }, "cursors");
  }

  // The first `pointers` people move their cursors; all others of their rooms must hear it.
  void move_cursors(std::uint32_t pointers, double per_second, std::uint32_t room) {
    const auto order = shuffled(std::min(pointers, size()) / room * room);
    const auto moves = static_cast<std::size_t>(per_second * kCursorSeconds);
    const auto total = cursors_ + std::uint64_t{moves} * (room - 1);
    pace(moves, per_second, [&](std::size_t i) {
      const auto peer = order[i % order.size()];
      const auto number = static_cast<std::uint32_t>(i / order.size());
      wire_.send(peer, dialect_.cursor(seats_[peer], number));
    });
    wait([&] { return cursors_ == total; }, "cursors");
  }

  void listen(Clock::duration time) {
    for (const auto end = Clock::now() + time; Clock::now() < end;) wire_.poll(20);
  }
  void leave() { wire_.close_all(); }

  std::uint32_t size() const { return static_cast<std::uint32_t>(seats_.size()); }
  std::uint64_t answered() const { return answered_; }
  std::uint64_t cursors() const { return cursors_; }
  std::uint64_t cursor_bytes() const { return cursors_ == 0 ? 0 : cursor_bytes_ / cursors_; }
  std::uint64_t others() const { return others_; }
  std::uint32_t lost() const { return lost_; }

 private:
  struct Person {
    std::uint32_t sent = 0, answered = 0;
  };

  static std::vector<std::uint32_t> shuffled(std::uint32_t count) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::shuffle(order.begin(), order.end(), std::minstd_rand(count));
    return order;
  }

  template <class Done>
  void wait(Done done, std::string_view what) {
    for (const auto end = Clock::now() + kGiveUp; !done(); wire_.poll(10)) {
      if (lost_ > 0) give_up(fmt::format("{} connections lost while waiting for {}", lost_, what));
      if (Clock::now() > end)
        give_up(fmt::format("no end of {}: {} ready, {} joined, {} heartbeats, {} cursors", what,
                            ready_, joined_, answered_, cursors_));
    }
  }

  // Does `act` so often, evenly over time, whatever the server does meanwhile.
  template <class Act>
  void pace(std::size_t times, double per_second, Act act) {
    const auto start = Clock::now();
    for (std::size_t done = 0; done < times; wire_.poll(1)) {
      const std::chrono::duration<double> passed = Clock::now() - start;
      const auto due = std::min(times, static_cast<std::size_t>(passed.count() * per_second) + 1);
      while (done < due) act(done++);
    }
  }

  const Dialect& dialect_;
  std::vector<Seat> seats_;
  std::vector<Person> people_;
  Wire wire_;
  std::uint32_t ready_ = 0, joined_ = 0, lost_ = 0;
  std::uint64_t answered_ = 0, cursors_ = 0, cursor_bytes_ = 0, others_ = 0;
};

class Run {
 public:
  explicit Run(const Options& options) : options_(options), server_(options.pid) {
    if (options.server == "socketio") {
      dialect_ = std::make_unique<SocketIoDialect>();
    } else {
      dialect_ = std::make_unique<PhoenixDialect>();
    }
  }

  void all() {
    warm_up();
    const auto bare = memory();
    auto seats = take_seats(options_.connections);
    const auto roomy = is_tarotforge() ? memory() : bare;
    Crowd crowd(*dialect_, options_.port, std::move(seats));
    gather(crowd);
    crowd.listen(seconds(1));
    const auto joined = memory();
    measure("beat_us", crowd.size() * kBeats, [&] { crowd.beat(kBeats, kBeatsPerSecond); });
    const auto beaten = memory();
    measure("busy_beat_us", crowd.size() * kBeats, [&] { crowd.beat_busily(kBeats, kInFlight); });
    const auto cursors = [&](const char* name, auto work) {
      const auto before = crowd.cursors();
      const auto cpu = used(work);
      results_[name] = cpu / double(crowd.cursors() - before);
    };
    cursors("delivery_us",
            [&] { crowd.move_cursors(kPointers, kCursorsPerSecond, options_.room); });
    cursors("busy_delivery_us", [&] { crowd.move_busily(kBeats, kInFlight, options_.room); });
    results_["delivery_bytes"] = double(crowd.cursor_bytes());
    const auto each = [&](std::int64_t now) { return double(now - bare) / crowd.size(); };
    results_["bare_bytes"] = double(bare);
    results_["rooms_bytes"] = each(roomy);
    results_["joined_bytes"] = each(joined);
    results_["idle_bytes"] = each(beaten);
    if (options_.hold_seconds > 0) hold(crowd);
    results_["beats"] = double(crowd.answered());
    results_["lost"] = crowd.lost();
  }

  void print() const {
    std::string text;
    for (const auto& [name, value] : results_)
      text += fmt::format("{}\"{}\":{:.3f}", text.empty() ? "" : ",", name, value);
    fmt::print("{{{}}}\n", text);
  }

 private:
  bool is_tarotforge() const { return options_.server == "tarotforge"; }

  // Everything once on a small scale, so that compiled code and first buffers are in place.
  void warm_up() {
    Crowd crowd(*dialect_, options_.port, take_seats(kWarmUp));
    crowd.open(crowd.size());
    crowd.join(crowd.size());
    crowd.beat(kWarmUpBeats, kBeatsPerSecond);
    crowd.move_cursors(kWarmUp, kWarmUp * 10, options_.room);
    results_.clear();
  }

  std::vector<Seat> take_seats(std::uint32_t count) {
    std::vector<Seat> seats(count / options_.room * options_.room);
    if (is_tarotforge()) {
      measure("seat_us", seats.size(), [&] {
        if (const auto failed = make_rooms(options_.port, seats, options_.room); failed > 0)
          give_up(fmt::format("{} rooms could not be made", failed));
      });
    }
    for (std::size_t i = 0; i < seats.size() && !is_tarotforge(); ++i)
      seats[i].topic = fmt::format("session:00000000-0000-7000-8000-{:012}", i / options_.room);
    return seats;
  }

  // In batches, so that nobody waits long between the handshake and the join.
  void gather(Crowd& crowd) {
    double open = 0, join = 0;
    for (std::uint32_t start = 0; start < crowd.size(); start += kBatch) {
      const auto end = std::min(crowd.size(), start + kBatch);
      open += used([&] { crowd.open(end); });
      join += used([&] { crowd.join(end); });
    }
    results_["handshake_us"] = open / crowd.size();
    results_["join_us"] = join / crowd.size();
  }

  // As in life: a heartbeat of each each 30 s, for longer than it takes to find someone dead.
  void hold(Crowd& crowd) {
    const auto rounds = std::max(1.0, options_.hold_seconds / kClientBeatSeconds);
    const auto rate = crowd.size() / kClientBeatSeconds;
    const auto start = Clock::now();
    const auto others = crowd.others();
    const auto cpu = used([&] { crowd.beat(static_cast<std::uint32_t>(rounds), rate); });
    const std::chrono::duration<double, std::micro> time = Clock::now() - start;
    results_["hold_seconds"] = time.count() / 1e6;
    results_["hold_cpu_percent"] = cpu / time.count() * 100;
    results_["hold_beats"] = crowd.size() * std::floor(rounds);
    results_["hold_others"] = double(crowd.others() - others);
    results_["hold_bytes"] = double(memory());
  }

  // CPU of the server in microseconds.
  template <class Work>
  double used(Work&& work) const {
    const auto from = server_.cpu_ns();
    work();
    const auto to = server_.cpu_ns();
    if (from < 0 || to < 0) give_up("the server has ended");
    return double(to - from) / 1e3;
  }
  template <class Work>
  void measure(const char* name, std::size_t times, Work&& work) {
    results_[name] = used(std::forward<Work>(work)) / double(times);
  }

  // After what can be freed was freed: the rivals collect their garbage on this signal.
  std::int64_t memory() const {
    std::this_thread::sleep_for(milliseconds(500));
    if (!is_tarotforge()) {
      server_.signal(SIGUSR2);
      std::this_thread::sleep_for(milliseconds(1'000));
    }
    return server_.resident_bytes();
  }

  Options options_;
  Process server_;
  std::unique_ptr<Dialect> dialect_;
  std::map<std::string, double> results_;
};

Options parse(int count, char** words) {
  Options options;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = words[i];
    const auto number = static_cast<std::uint32_t>(std::strtoul(words[i + 1], nullptr, 10));
    if (name == "--server")
      options.server = words[i + 1];
    else if (name == "--port")
      options.port = static_cast<std::uint16_t>(number);
    else if (name == "--pid")
      options.pid = static_cast<int>(number);
    else if (name == "--connections")
      options.connections = number;
    else if (name == "--room")
      options.room = number;
    else if (name == "--hold")
      options.hold_seconds = number;
    else
      give_up(fmt::format("unknown option {}", name));
  }
  if (options.port == 0 || options.pid == 0) give_up("--port and --pid are needed");
  if (options.room < 2 || options.connections < options.room) give_up("too few people for a room");
  return options;
}

}  // namespace

int main(int count, char** words) {
  Run run(parse(count, words));
  run.all();
  run.print();
}
