cmake_minimum_required(VERSION 3.20)
project(app CXX)
find_package(CoroExpand REQUIRED)

add_executable(app main.cpp plain.cpp)
coro_lower(app)
target_precompile_headers(app PRIVATE <vector>)

add_executable(native native.cpp plain.cpp)
coro_lower(native MODE native)
