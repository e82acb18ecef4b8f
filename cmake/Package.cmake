# cpack -G DEB: the programs as coro-expand.deb, the runtime with its headers and what finds it as libcoro-dev.deb.
# It packs what has been built, and builds nothing: examples and tests are in no package.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CPACK_PACKAGE_NAME coro-expand)
set(CPACK_PACKAGE_CONTACT "coro-expand developers <coro-expand@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL tool runtime)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_TOOL_PACKAGE_NAME coro-expand)
set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_TOOL_PACKAGE_SHLIBDEPS ON)
# Clang's own headers.
set(CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS libclang-common-${LLVM_VERSION_MAJOR}-dev)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libcoro-dev)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libdevel)
# Its CMake package names the programs.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS "coro-expand (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION "The runtime of C++20 async functions, native or lowered by coro-expand")
include(CPack)
