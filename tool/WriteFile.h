//===- WriteFile.h - what -o does -----------------------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_WRITEFILE_H
#define COROEXPAND_WRITEFILE_H

#include "llvm/Support/Error.h"

namespace coroexpand {

/// Makes \p Text the content of the file \p Path. A regular file is replaced
/// as a whole, so that nobody sees half of it: the text is written beside it
/// and renamed. Its permissions stay, a link to it stays a link. What is no
/// regular file (a pipe, a device) is written to.
llvm::Error writeFile(llvm::StringRef Path, llvm::StringRef Text);

} // namespace coroexpand

#endif
