#include "store/postgres/connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tarotforge::store::postgres {
namespace {

using Socket = boost::asio::posix::stream_descriptor;
constexpr auto kResume = boost::asio::as_tuple(boost::asio::use_awaitable);

// What value.cpp reads and writes, whatever the database, the role or the environment prefer; no
// statement and no forgotten transaction longer than a call; and no commit that is answered before
// it is durable.
constexpr std::string_view kSettings = R"(
  select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false),
    set_config('bytea_output', 'hex', false), set_config('statement_timeout', $1, false),
    set_config('idle_in_transaction_session_timeout', $1, false),
    set_config('synchronous_commit', case current_setting('synchronous_commit')
      when 'off' then 'on' else current_setting('synchronous_commit') end, false))";

std::string first_line(std::string_view message) {
  return std::string(message.substr(0, message.find('\n')));
}

Failure failure_of(const pg_result* result) {
  const char* sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  // libpq's own errors carry no code; the only ones it makes of an answer are losses.
  return {sqlstate ? sqlstate : std::string(kConnectionLost),
          message ? message : first_line(PQresultErrorMessage(result))};
}

}  // namespace

void Connection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }

Connection::Connection(boost::asio::any_io_executor executor)
    : socket_(executor), timer_(executor) {}

Connection::~Connection() = default;

boost::asio::awaitable<void> Connection::open(std::string url, Duration limit) {
  co_await connect(url);
  watch_socket();
  if (PQsetnonblocking(libpq_.get(), 1) != 0 || !PQenterPipelineMode(libpq_.get())) lose();
  push(kSettings, Parameters().put(limit));
  co_await round();
}

// One host after the other, each for its share of the time that is left, until one lets us in or
// says that nobody will.
boost::asio::awaitable<void> Connection::connect(const std::string& url) {
  const Deadline whole = deadline_;
  std::optional<Failure> failure;
  try {
    auto attempts = co_await look_up(socket_.get_executor(), url, whole);
    if (attempts.empty()) attempts.emplace_back();
    for (int left = static_cast<int>(attempts.size()); left > 0; --left) {
      const auto now = std::chrono::steady_clock::now();
      limit(now + (whole - now) / left);
      lost_ = false;
      failure.reset();
      try {
        start_connect(url, *(attempts.end() - left));
        co_await finish_connect();
      } catch (const Failure& caught) {
        failure = caught;
      }
      if (!failure || is_mistake(*failure)) break;
    }
  } catch (const Failure& caught) {
    failure = caught;
  }
  limit(whole);
  if (failure) lose(failure->sqlstate, failure->message);
}

void Connection::start_connect(const std::string& url, const Attempt& attempt) {
  // Ours overrule the URL where value.cpp depends on it, and yield to it elsewhere.
  std::vector<const char*> keys{"fallback_application_name", "dbname", "client_encoding"};
  std::vector<const char*> values{"tarotforge", url.c_str(), "UTF8"};
  if (!attempt.names.empty()) {
    keys.insert(keys.end(), {"host", "hostaddr", "port"});
    values.insert(values.end(),
                  {attempt.names.c_str(), attempt.addresses.c_str(), attempt.ports.c_str()});
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  libpq_.reset(PQconnectStartParams(keys.data(), values.data(), 1));
  if (!libpq_ || PQstatus(libpq_.get()) == CONNECTION_BAD) lose_before_connected();
  PQsetErrorVerbosity(libpq_.get(), PQERRORS_VERBOSE);  // for the SQLSTATE of a refusal
  PQsetNoticeProcessor(libpq_.get(), [](void*, const char*) {}, nullptr);
}

boost::asio::awaitable<void> Connection::finish_connect() {
  auto next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    if (next == PGRES_POLLING_FAILED) lose_before_connected();
    watch_socket();  // which libpq changes from one host, or from TLS to none, to the next
    co_await wait_for(next == PGRES_POLLING_READING ? Socket::wait_read : Socket::wait_write);
    next = PQconnectPoll(libpq_.get());
  }
  PQsetErrorVerbosity(libpq_.get(), PQERRORS_DEFAULT);
}

// A duplicate, so that libpq may close its own whenever it likes.
void Connection::watch_socket() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  const int duplicate = dup(PQsocket(libpq_.get()));
  if (duplicate < 0) lose(kUnreachable, "too many open files");
  socket_.assign(duplicate);
}

void Connection::limit(Deadline deadline) {
  too_late_ = false;
  deadline_ = deadline;
  const auto number = ++limits_;
  timer_.expires_at(deadline);
  timer_.async_wait([this, number, alive = std::weak_ptr(alive_)](auto error) {
    if (error || alive.expired() || number != limits_) return;
    too_late_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  });
}

void Connection::unlimit() {
  deadline_ = Deadline::max();
  ++limits_;
  timer_.cancel();
}

boost::asio::awaitable<void> Connection::wait_for(Socket::wait_type what) {
  if (!too_late_) co_await socket_.async_wait(what, kResume);
  if (too_late_) lose(kTooLate, "no answer came in time");
}

void Connection::push(std::string_view sql, const Parameters& parameters) {
  if (lost_) throw Failure{std::string(kConnectionLost), "the connection is lost"};
  auto known = prepared_.find(sql);
  if (known == prepared_.end()) {
    known = prepared_.emplace(sql, fmt::format("s{}", ++names_)).first;
    send(PQsendPrepare(libpq_.get(), known->second.c_str(), known->first.c_str(), 0, nullptr));
    sent_.push_back({known->first});
  }
  std::vector<const char*> values;
  for (const auto& text : parameters.texts()) values.push_back(text ? text->c_str() : nullptr);
  send(PQsendQueryPrepared(libpq_.get(), known->second.c_str(), static_cast<int>(values.size()),
                           values.data(), nullptr, nullptr, 0));
  sent_.emplace_back();
}

void Connection::send(bool sent) {
  if (!sent) lose();
}

boost::asio::awaitable<Rows> Connection::round(Calendar calendar) {
  if (lost_) throw Failure{std::string(kConnectionLost), "the connection is lost"};
  send(PQpipelineSync(libpq_.get()));
  co_await flush();
  Rows answer;
  std::optional<Failure> failure;
  for (;;) {
    pg_result* result = co_await next_result();
    if (!result) {  // the end of one statement's results
      if (sent_.empty()) lose(kWrongAnswer, "an answer came to nothing that was asked");
      sent_.pop_front();
      continue;
    }
    Rows rows(result, calendar);
    const auto status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      answer = std::move(rows);
      continue;
    }
    if (!sent_.empty()) prepared_.erase(sent_.front().prepares);
    if (!failure && status != PGRES_PIPELINE_ABORTED) failure = failure_of(result);
    if (failure && is_loss(*failure)) lose(failure->sqlstate, failure->message);
  }
  if (!sent_.empty()) lose(kWrongAnswer, "an answer is missing");
  if (failure) throw *std::move(failure);
  co_return answer;
}

boost::asio::awaitable<void> Connection::execute(std::string script) {
  if (!PQexitPipelineMode(libpq_.get())) lose();
  send(PQsendQuery(libpq_.get(), script.c_str()));
  co_await flush();
  std::optional<Failure> failure;
  while (pg_result* result = co_await next_result()) {
    const Rows rows(result, {});
    if (!failure && PQresultStatus(result) == PGRES_FATAL_ERROR) failure = failure_of(result);
    if (failure && is_loss(*failure)) lose(failure->sqlstate, failure->message);
  }
  if (!PQenterPipelineMode(libpq_.get())) lose();
  if (failure) throw *std::move(failure);
}

boost::asio::awaitable<void> Connection::flush() {
  using namespace boost::asio::experimental::awaitable_operators;
  for (;;) {
    const int left = PQflush(libpq_.get());
    if (left < 0) lose();
    if (left == 0) co_return;
    // The server may stop reading until its answers are read.
    co_await (wait_for(Socket::wait_write) || wait_for(Socket::wait_read));
    if (!PQconsumeInput(libpq_.get())) lose();
  }
}

boost::asio::awaitable<pg_result*> Connection::next_result() {
  while (PQisBusy(libpq_.get())) {
    co_await wait_for(Socket::wait_read);
    if (!PQconsumeInput(libpq_.get())) lose();
  }
  co_return PQgetResult(libpq_.get());
}

boost::asio::awaitable<std::vector<std::string>> Connection::notified(Deadline until) {
  std::vector<std::string> heard;
  limit(until);
  for (;;) {
    while (auto* each = PQnotifies(libpq_.get())) {
      heard.emplace_back(each->extra);
      PQfreemem(each);
    }
    if (!heard.empty() || too_late_) break;
    co_await socket_.async_wait(Socket::wait_read, kResume);
    if (!too_late_ && !PQconsumeInput(libpq_.get())) lose();
  }
  unlimit();
  co_return heard;
}

bool Connection::is_idle() {
  if (lost_ || !libpq_ || !sent_.empty()) return false;
  // Whether the server has said goodbye: the first reads its last words, the second the end.
  if (!PQconsumeInput(libpq_.get()) || !PQconsumeInput(libpq_.get())) return false;
  return PQstatus(libpq_.get()) == CONNECTION_OK &&
         PQtransactionStatus(libpq_.get()) == PQTRANS_IDLE;
}

bool Connection::is_lost() const { return lost_; }

void Connection::lose(std::string_view sqlstate, std::string message) {
  lost_ = true;
  throw Failure{std::string(sqlstate), std::move(message)};
}

void Connection::lose() { lose(kConnectionLost, first_line(PQerrorMessage(libpq_.get()))); }

void Connection::lose_before_connected() {
  auto failure = refusal_of(PQerrorMessage(libpq_.get()));
  lose(failure.sqlstate, std::move(failure.message));
}

}  // namespace tarotforge::store::postgres
