#include "Lower/Lower.h"
#include "Lower/Constructs.h"
#include "Lower/Describe.h"
#include "Lower/Enclosing.h"
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
               const CalleeFacts &Facts, const NestedLambdas &Nested,
               const ASTContext &Ast, const SourceText &Source,
               Diagnostics &Diags) {
  Context C(F, Functions, Facts, Ast, Source, Diags);
  C.IsNested = Functions.around(F);
  for (const auto &[Range, Expansion] : Nested)
    C.Source.replace(Range, Expansion);
  C.Body.OutputIsVoid = F.Output->isVoidType();
  std::optional<ir::Text> Output = C.Spelling.typeId(F.Output);
  std::optional<ir::Text> Future =
      F.Erased ? C.Spelling.typeId(F.Decl->getReturnType()) : ir::Text();
  if (!Output || !Future)
    Diags.report(F.Decl->getLocation(), Diag::frame_output) << F.Decl;
  C.Body.Output = Output.value_or(ir::Text());
  C.Body.Future = Future.value_or(ir::Text());
  for (const ParmVarDecl *P : F.Decl->parameters())
    lowerParameter(C, P);
  lowerObject(C);
  lowerCaptures(C);
  C.Body.NumParams = C.Body.Vars.size();
  markUses(C);
  C.Body.Top = lowerScope(C, F.body()->getBody());
  return std::move(C.Body);
}

} // namespace coroexpand
