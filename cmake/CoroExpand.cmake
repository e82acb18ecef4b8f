# coro_lower(TARGET... [MODE lowered|native])
#
# Builds the async functions of these targets lowered, and links the runtime. Each source is compiled as CMake says,
# by coro-c++ in front of the compiler; a launcher that the target has already (ccache) stays behind it. MODE, or
# -DCORO_MODE for all, switches back to the compiler's own coroutines.

set(CORO_MODE "lowered" CACHE STRING "How coro_lower builds async functions: lowered or native")
set_property(CACHE CORO_MODE PROPERTY STRINGS lowered native)

function(coro_lower)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "MODE" "")
  if(NOT arg_MODE)
    set(arg_MODE "${CORO_MODE}")
  endif()
  if(NOT arg_MODE MATCHES "^(lowered|native)$")
    message(FATAL_ERROR "coro_lower: the mode is lowered or native, not '${arg_MODE}'")
  endif()
  if(NOT arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "coro_lower: name the targets")
  endif()
  foreach(target IN LISTS arg_UNPARSED_ARGUMENTS)
    if(NOT TARGET ${target})
      message(FATAL_ERROR "coro_lower: there is no target '${target}'")
    endif()
    _coro_link_runtime(${target})
    if(arg_MODE STREQUAL "lowered")
      _coro_launch(${target})
    endif()
  endforeach()
endfunction()

# As properties, because target_link_libraries with and without PUBLIC can't be mixed for one target.
function(_coro_link_runtime target)
  set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES coro::runtime)
  set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES coro::runtime)
endfunction()

function(_coro_launch target)
  if(NOT CORO_EXPAND OR NOT CORO_CXX)
    message(FATAL_ERROR "coro_lower: coro-expand and coro-c++ are not installed; -DCORO_EXPAND=.. and -DCORO_CXX=.. "
      "say where they are, and -DCORO_MODE=native does without")
  endif()
  get_target_property(launchers ${target} CXX_COMPILER_LAUNCHER)
  if(NOT launchers)
    set(launchers "")
  elseif(CORO_CXX IN_LIST launchers)
    return()
  endif()
  set_property(TARGET ${target} PROPERTY CXX_COMPILER_LAUNCHER ${CORO_CXX} ${launchers})

  # Makefiles build an object anew when its flags change, and not when its launcher does.
  set_property(TARGET ${target} APPEND PROPERTY COMPILE_DEFINITIONS CORO_LOWERED)

  # What the tool makes depends on the tool.
  get_target_property(sources ${target} SOURCES)
  if(sources)
    list(FILTER sources EXCLUDE REGEX "\\$<")
    set_property(SOURCE ${sources} TARGET_DIRECTORY ${target} APPEND
      PROPERTY OBJECT_DEPENDS ${CORO_EXPAND} ${CORO_CXX})
  endif()
  if(TARGET coro-expand)
    add_dependencies(${target} coro-expand coro-c++)
  endif()
endfunction()
