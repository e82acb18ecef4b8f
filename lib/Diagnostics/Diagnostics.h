//===- Diagnostics.h - every error and warning of the tool ----------------===//
//
// Diagnostics.def lists them, a line each; this reports them through clang's
// own engine, so that they look and count like clang's errors.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_DIAGNOSTICS_DIAGNOSTICS_H
#define COROEXPAND_DIAGNOSTICS_DIAGNOSTICS_H

#include "clang/Basic/Diagnostic.h"

#include <cstdint>

namespace coroexpand {

enum class Diag {
#define DIAG(Name, Severity, Text) Name,
#include "Diagnostics/Diagnostics.def"
#undef DIAG
};

class Diagnostics {
public:
  explicit Diagnostics(clang::DiagnosticsEngine &Engine);

  /// Reports \p D at \p Where; add its arguments with <<.
  clang::DiagnosticBuilder report(clang::SourceLocation Where, Diag D);
  clang::DiagnosticBuilder report(std::uint32_t RawWhere, Diag D);

  bool hasErrors() const { return Engine.hasErrorOccurred(); }
  /// How many errors have been reported, to tell whether one more was.
  unsigned count() const { return NumErrors; }

private:
  clang::DiagnosticsEngine &Engine;
  unsigned NumErrors = 0;
};

} // namespace coroexpand

#endif
