//===- Printer.h - the IR as text, for people and tests -------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_PRINTER_H
#define COROEXPAND_IR_PRINTER_H

#include "IR/IR.h"

namespace llvm {
class raw_ostream;
}

namespace coroexpand::ir {

/// Prints \p B, one line a statement. Uses of variables appear as {x}, the
/// value of an await as {value}.
void print(const Body &B, llvm::raw_ostream &OS);

} // namespace coroexpand::ir

#endif
