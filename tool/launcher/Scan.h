//===- Scan.h - whether a source may hold async functions -----------------===//
//
// Every source that a build compiles is asked this, so that it has to be
// quick: the text of the file, and of all that it may include, is searched for
// the mark. Nothing is parsed, and every branch of the preprocessor is taken.
// Who says yes is parsed then.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAUNCHER_SCAN_H
#define COROEXPAND_LAUNCHER_SCAN_H

#include "CommandLine.h"

namespace coroexpand::launcher {

/// \p Source holds the mark, or something that it includes may. Of the
/// compiler's own folders those of the system are looked into.
bool mayHoldAsync(const CommandLine &Line, const std::string &Source);

/// The same of \p Text, which is read from standard input.
bool textMayHoldAsync(const CommandLine &Line, const std::string &Text);

} // namespace coroexpand::launcher

#endif
