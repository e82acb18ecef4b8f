#include "Diagnostics/Diagnostics.h"

using namespace clang;

namespace coroexpand {
namespace {

struct Entry {
  DiagnosticsEngine::Level Level;
  const char *Text;
};

constexpr Entry Table[] = {
#define DIAG(Name, Severity, Text) {DiagnosticsEngine::Severity, Text},
#include "Diagnostics/Diagnostics.def"
#undef DIAG
};

} // namespace

Diagnostics::Diagnostics(DiagnosticsEngine &Engine) : Engine(Engine) {}

DiagnosticBuilder Diagnostics::report(SourceLocation Where, Diag D) {
  const Entry &E = Table[static_cast<unsigned>(D)];
  NumErrors += E.Level >= DiagnosticsEngine::Error;
  unsigned Id = Engine.getDiagnosticIDs()->getCustomDiagID(
      static_cast<DiagnosticIDs::Level>(E.Level), E.Text);
  return Engine.Report(Where, Id);
}

DiagnosticBuilder Diagnostics::report(std::uint32_t RawWhere, Diag D) {
  return report(SourceLocation::getFromRawEncoding(RawWhere), D);
}

} // namespace coroexpand
