// What the service manager is told, on a socket such as it listens on.
#include "main/service_manager.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "tests/support/temporary_folder.h"

namespace tarotforge::test {
namespace {

class Manager {
 public:
  explicit Manager(const std::string& path) : descriptor_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    std::memcpy(address.sun_path, path.data(), path.size());
    REQUIRE(::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  }
  ~Manager() { ::close(descriptor_); }

  std::string heard() const {  // empty where nothing was said
    char text[256];
    const auto size = ::recv(descriptor_, text, sizeof(text), MSG_DONTWAIT);
    return size < 0 ? "" : std::string(text, static_cast<std::size_t>(size));
  }

 private:
  int descriptor_;
};

}  // namespace

TEST_CASE("SV1 the manager is told when the server listens, lives and stops") {
  TemporaryFolder folder;
  const auto path = folder.file("notify");
  const Manager manager(path);
  const ServiceManager told({{"NOTIFY_SOCKET", path}});
  told.ready("listens");
  CHECK(manager.heard() == "READY=1\nSTATUS=listens");
  told.alive();
  CHECK(manager.heard() == "WATCHDOG=1");
  told.stopping();
  CHECK(manager.heard() == "STOPPING=1");
  CHECK(manager.heard().empty());
}

TEST_CASE("SV1 without a manager, or with one that is gone, nothing happens") {
  ServiceManager({}).ready("listens");
  ServiceManager({{"NOTIFY_SOCKET", "/nowhere/at/all"}}).alive();
  ServiceManager({{"NOTIFY_SOCKET", std::string(500, '/')}}).alive();
  ServiceManager({{"NOTIFY_SOCKET", "vsock:2:1234"}}).stopping();
}

TEST_CASE("SV1 the watchdog's time is the manager's") {
  using std::chrono::seconds;
  CHECK(ServiceManager({{"WATCHDOG_USEC", "30000000"}}).watchdog() == seconds(30));
  CHECK(!ServiceManager({}).watchdog());
  CHECK(!ServiceManager({{"WATCHDOG_USEC", "0"}}).watchdog());
  CHECK(!ServiceManager({{"WATCHDOG_USEC", "soon"}}).watchdog());
}

}  // namespace tarotforge::test
