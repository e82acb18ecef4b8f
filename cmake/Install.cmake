# What `cmake --install` puts where: the programs, the runtime, and what finds them (find_package, pkg-config).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/CoroExpand)
set(extras ${PROJECT_SOURCE_DIR}/tool)
if(CORO_BUILD_TOOL)
  install(TARGETS coro-expand coro-c++ RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tool)
  install(FILES ${extras}/man/coro-expand.1 ${extras}/man/coro-c++.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tool)
  foreach(program coro-expand coro-c++)
    install(FILES ${extras}/completion/${program}.bash RENAME ${program}
      DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tool)
    install(FILES ${extras}/completion/_${program}
      DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT tool)
  endforeach()
endif()

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME runtime)
install(TARGETS coro EXPORT CoroExpandTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/include/coro DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# gdb loads what is called like a library when it loads that.
install(FILES ${extras}/gdb/coro-gdb.py DESTINATION ${CMAKE_INSTALL_DATADIR}/coro)
get_target_property(kind coro TYPE)
if(kind STREQUAL SHARED_LIBRARY)
  install(FILES ${extras}/gdb/coro-gdb.py DESTINATION ${CMAKE_INSTALL_LIBDIR} RENAME $<TARGET_FILE_NAME:coro>-gdb.py)
endif()

install(EXPORT CoroExpandTargets NAMESPACE coro:: DESTINATION ${package})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/CoroExpandConfig.cmake.in
  ${PROJECT_BINARY_DIR}/cmake/CoroExpandConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cmake/CoroExpandConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/cmake/CoroExpandConfig.cmake
  ${PROJECT_BINARY_DIR}/cmake/CoroExpandConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/CoroExpand.cmake
  DESTINATION ${package})

file(RELATIVE_PATH CORO_PREFIX_FROM_PKGCONFIG /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/coro.pc.in ${PROJECT_BINARY_DIR}/cmake/coro.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cmake/coro.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
