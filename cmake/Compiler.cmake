# Language level, warnings, sanitizers and linker for every target of the project.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT CMAKE_CXX_COMPILER_VERSION MATCHES "^19\\.")
  message(FATAL_ERROR "TarotForge is built with clang 19 only (found ${CMAKE_CXX_COMPILER_ID} "
    "${CMAKE_CXX_COMPILER_VERSION}): unset CXX, or set it to clang++-19.")
endif()

option(TAROTFORGE_WERROR "A warning stops the build" ON)
set(TAROTFORGE_SANITIZE "" CACHE STRING "Argument of -fsanitize=, empty for none")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# Line tables keep backtraces readable in release at no run time cost. check() never depends on
# NDEBUG; _GLIBCXX_ASSERTIONS bounds-checks the standard containers in every build.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -gline-tables-only")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g")
if(TAROTFORGE_SANITIZE)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -gline-tables-only")  # all that a report shows
endif()
add_compile_definitions(_GLIBCXX_ASSERTIONS)
option(TAROTFORGE_SIMULATED "Marked branches, and bugs that can be planted (base/marks.h)" OFF)
if(TAROTFORGE_SIMULATED)
  add_compile_definitions(TAROTFORGE_SIMULATED)
endif()
add_compile_options(
  $<$<COMPILE_LANGUAGE:CXX>:-fstack-protector-strong>
  $<$<COMPILE_LANGUAGE:CXX>:-fno-omit-frame-pointer>
  # What was compiled with an equal precompiled header is equal, whenever that header was made.
  "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")

if(TAROTFORGE_SANITIZE)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${TAROTFORGE_SANITIZE}>)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize-recover=all>)
  add_link_options(-fsanitize=${TAROTFORGE_SANITIZE})
endif()

find_program(TAROTFORGE_LLD NAMES ld.lld-19)
if(TAROTFORGE_LLD)
  add_link_options(--ld-path=${TAROTFORGE_LLD})
endif()

add_library(tf_warnings INTERFACE)
target_compile_options(tf_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
  -Woverloaded-virtual -Wno-missing-designated-field-initializers
  -Werror=unused-result -Werror=return-type)
if(TAROTFORGE_WERROR)
  target_compile_options(tf_warnings INTERFACE -Werror)
endif()

# Less than half of the processor's time for a whole build, and more than before for a single change:
# for builds that are made to be run once. The release build sees each file alone.
option(TAROTFORGE_UNITY "Compile the files of a floor several at once" OFF)
set(CMAKE_UNITY_BUILD ${TAROTFORGE_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
