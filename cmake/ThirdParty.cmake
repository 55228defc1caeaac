# Debian's libraries. The parts of Boost that would otherwise be compiled into every file that
# includes them are compiled once, in cmake/third_party, which keeps a clean build short.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)

# CMake's own search for PostgreSQL wants the server's headers too; the client is enough.
find_path(TAROTFORGE_LIBPQ_INCLUDE libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
find_library(TAROTFORGE_LIBPQ pq REQUIRED)
add_library(tf_libpq INTERFACE)
target_include_directories(tf_libpq SYSTEM INTERFACE ${TAROTFORGE_LIBPQ_INCLUDE})
target_link_libraries(tf_libpq INTERFACE ${TAROTFORGE_LIBPQ})

add_library(tf_foreign INTERFACE)
target_link_libraries(tf_foreign INTERFACE fmt::fmt tf_warnings)

function(tarotforge_boost target source)
  add_library(${target} STATIC cmake/third_party/${source})
  target_link_libraries(${target} PUBLIC Boost::headers Threads::Threads)
  target_compile_options(${target} PRIVATE -w)
endfunction()

tarotforge_boost(tf_asio boost_asio.cpp)
target_compile_definitions(tf_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
tarotforge_boost(tf_beast boost_beast.cpp)
target_link_libraries(tf_beast PUBLIC tf_asio)
target_compile_definitions(tf_beast PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
tarotforge_boost(tf_asio_ssl boost_asio_ssl.cpp)
target_link_libraries(tf_asio_ssl PUBLIC tf_asio OpenSSL::SSL)
tarotforge_boost(tf_json boost_json.cpp)
