// The kind of socket that everything here uses: bound to the io_context's own executor, which is
// smaller and faster than one that hides its type.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace tarotforge::net {

using Executor = boost::asio::io_context::executor_type;
using Tcp = boost::asio::ip::tcp;
using TcpSocket = boost::asio::basic_stream_socket<Tcp, Executor>;
using TcpAcceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;

}  // namespace tarotforge::net
