#include "Lower/Lower.h"
#include "Lower/Constructs.h"
#include "Lower/Describe.h"
#include "Lower/Uses.h"

using namespace clang;

namespace coroexpand {
namespace {

/// A reference parameter is a reference member; an object goes from the
/// caller's argument into the frame by the one move that it makes natively.
void lowerParameter(Context &C, const ParmVarDecl *P) {
  ir::VarId Id = C.variable(P->getName().str(), ir::Variable::Role::Parameter,
                            at(P->getLocation()));
  C.declareParameter(P, Id);
  ir::Variable &V = C.var(Id);
  QualType T = P->getType();
  describe(C, V, T);
  V.MoveMayThrow = C.TypeOf.moveMayThrow(T);
  V.ArgumentIsKept = T->isRecordType() && !C.TypeOf.isQuiet(T);
  ir::Text Name = ir::Text().append(ir::declaredName());
  if (V.Reference) {
    V.Reference = false;
    declareAs(C, V, T);
    V.Passed = V.Declared;
    V.PassedByMove = T->isRValueReferenceType();
  } else if (T->isRecordType()) {
    V.Passed = ir::Text(V.TypeId).append(V.Const ? "& " : "&& ").append(Name);
    V.PassedByMove = !V.Const;
  } else {
    V.Passed = V.Declared;
  }
}

} // namespace

ir::Body lower(const AsyncFunction &F, const AsyncFunctions &Functions,
               const CalleeFacts &Facts, const ASTContext &Ast,
               const SourceText &Source, Diagnostics &Diags) {
  Context C(F, Functions, Facts, Ast, Source, Diags);
  C.Body.OutputIsVoid = F.Output->isVoidType();
  if (std::optional<ir::Text> Output = C.Spelling.typeId(F.Output))
    C.Body.Output = std::move(*Output);
  else
    Diags.report(F.Decl->getLocation(), Diag::frame_output) << F.Decl;
  for (const ParmVarDecl *P : F.Decl->parameters())
    lowerParameter(C, P);
  C.Body.NumParams = F.Decl->getNumParams();
  markUses(C);
  C.Body.Top = lowerScope(C, F.body()->getBody());
  return std::move(C.Body);
}

} // namespace coroexpand
