// DIAG: operand_default
// DIAG: operand_list
// In a template nobody knows what a call makes of a braced list, or which default arguments it has: an
// instantiation shows it.
// Alone: scripts/check test/diag/operand_in_template.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <string>
#include <vector>

coro::future<int> wait(int n, const std::string& name = std::string("default"));
coro::future<int> sum(int n, const std::vector<int>& numbers);

template <class T>
CORO_ASYNC coro::future<int> braces(T n) {
  // CHECK-DAG: operand_in_template.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: the objects of this list have to outlive the co_await
  co_return co_await sum(n, {1, 2});
}

template <class T>
CORO_ASYNC coro::future<int> defaults(T n) {
  int known = co_await wait(3);
  // CHECK-DAG: operand_in_template.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: the default argument for 'name' has to outlive the co_await
  co_return known + co_await wait(n);
}

int main() { return coro::block_on(defaults(1)) + coro::block_on(braces(2)); }
