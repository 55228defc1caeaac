# Chooses the compiler before project() looks for one: clang 19, with ccache and lld where present.
# g++ 12 miscompiles coroutines (double frees), so any other compiler is refused in Compiler.cmake.
if(NOT CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
  find_program(TAROTFORGE_CLANGXX NAMES clang++-19)
  find_program(TAROTFORGE_CLANG NAMES clang-19)
  if(NOT TAROTFORGE_CLANGXX OR NOT TAROTFORGE_CLANG)
    message(FATAL_ERROR "TarotForge needs clang 19 (Debian package clang-19); ./dev installs it.")
  endif()
  set(CMAKE_CXX_COMPILER ${TAROTFORGE_CLANGXX})
  set(CMAKE_C_COMPILER ${TAROTFORGE_CLANG})
endif()

find_program(TAROTFORGE_CCACHE NAMES ccache)
if(TAROTFORGE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without the two it never keeps what was compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros
    ${TAROTFORGE_CCACHE})
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
