//===- Process.h - other programs, and signals ----------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAUNCHER_PROCESS_H
#define COROEXPAND_LAUNCHER_PROCESS_H

#include <string>
#include <vector>

namespace coroexpand::launcher {

/// How a program ended.
struct Ending {
  int Status = 0; ///< Its exit status.
  int Signal = 0; ///< What killed it, if anything did.
  bool isSuccess() const { return Status == 0 && Signal == 0; }
};

/// Becomes the program that \p Words name. Comes back with a status where there
/// is none, which has been said.
int become(const std::vector<std::string> &Words);

/// Runs it, and waits for it. What would interrupt this process interrupts the
/// other one first.
Ending run(const std::vector<std::string> &Words);

/// Ends this process as \p E says.
int end(const Ending &E);

/// Standard input is \p Text from now on, for this process and those it runs.
bool setStandardInput(const std::string &Text);
std::string readStandardInput();

/// `coro-c++: error: ..` on standard error.
void error(const std::string &What);

} // namespace coroexpand::launcher

#endif
