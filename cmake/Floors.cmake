# Half of the time in which a file is compiled goes into the headers that most files have.
set(TAROTFORGE_COMMON_HEADERS <algorithm> <charconv> <functional> <map> <memory> <optional> <span>
  <string> <vector> <fmt/format.h>)
set(TAROTFORGE_ASIO_HEADERS <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp>
  <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp>
  <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)

# tarotforge_floor(NAME [ASIO] LINK targets...): the static library tf_NAME out of src/NAME/**.cpp.
# A floor that is headers alone gets an empty source, so that linking it means the same everywhere.
function(tarotforge_floor name)
  cmake_parse_arguments(PARSE_ARGV 1 floor "ASIO" "" "LINK")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/src/main/main.cpp)
  if(NOT sources)
    set(placeholder ${CMAKE_BINARY_DIR}/generated/empty_${name}.cpp)
    file(WRITE ${placeholder} "")
    set(sources ${placeholder})
  endif()
  add_library(tf_${name} STATIC ${sources})
  target_include_directories(tf_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(tf_${name} PUBLIC ${floor_LINK})
  target_precompile_headers(tf_${name} PRIVATE ${TAROTFORGE_COMMON_HEADERS})
  if(floor_ASIO)
    target_precompile_headers(tf_${name} PRIVATE ${TAROTFORGE_ASIO_HEADERS})
  endif()
endfunction()
