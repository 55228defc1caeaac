// Somebody who is told of what happened: an HTTP server on a port of 127.0.0.1 and a thread of its
// own, in plain or in TLS, which answers with the very bytes that the test wants, or not at all.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "net/tls.h"

namespace tarotforge::test {

class WebhookReceiver {
  using tcp = boost::asio::ip::tcp;

 public:
  static constexpr const char* kTaken = "HTTP/1.1 204 No Content\r\n\r\n";

  // An empty answer leaves the sender waiting until the receiver goes.
  explicit WebhookReceiver(std::string answer = kTaken,
                           const std::optional<net::TlsCertificate::Files>& files = {})
      : answer_(std::move(answer)) {
    if (files) {
      tls_.emplace(boost::asio::ssl::context::tls_server);
      tls_->use_certificate_chain_file(files->certificate);
      tls_->use_private_key_file(files->key, boost::asio::ssl::context::pem);
    }
    thread_ = std::thread([this] { serve(); });
  }
  ~WebhookReceiver() {
    is_ending_ = true;
    boost::system::error_code ignored;
    tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // ends its waiting
    thread_.join();
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  // Heads and bodies as they came.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  template <class Stream>
  void converse(Stream& stream) {
    boost::system::error_code error;
    boost::asio::streambuf buffer;
    auto read = boost::asio::read_until(stream, buffer, "\r\n\r\n", error);
    if (error) return;
    std::string text(boost::asio::buffers_begin(buffer.data()),
                     boost::asio::buffers_end(buffer.data()));
    const auto at = text.find("Content-Length: ");
    const auto length = at == text.npos ? 0 : std::stoul(text.substr(at + 16));
    text.resize(std::max(text.size(), read + length));
    const auto missing = read + length - std::min(buffer.size(), read + length);
    boost::asio::read(stream, boost::asio::buffer(text.data() + read + length - missing, missing),
                      error);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(text);
    }
    boost::asio::write(stream, boost::asio::buffer(answer_), error);
  }
  void serve() {
    std::vector<tcp::socket> kept;  // of those who wait
    while (!is_ending_) {
      auto socket = acceptor_.accept();
      if (is_ending_) return;
      if (tls_) {
        boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
        boost::system::error_code error;
        stream.handshake(boost::asio::ssl::stream_base::server, error);
        if (!error) converse(stream);
      } else {
        converse(socket);
      }
      if (!answer_.contains("\r\n\r\n")) kept.push_back(std::move(socket));
    }
  }

  const std::string answer_;
  std::optional<boost::asio::ssl::context> tls_;
  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::atomic<bool> is_ending_ = false;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace tarotforge::test
