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

/// The object of a member function: `this` becomes a reference to it.
void lowerObject(Context &C) {
  if (C.F.Object.isNull())
    return;
  ir::VarId Id = C.variable("self", ir::Variable::Role::Object,
                            at(C.F.Decl->getLocation()));
  C.Self = Id;
  ir::Variable &V = C.var(Id);
  declareAs(C, V, C.Ast.getLValueReferenceType(C.F.Object));
  V.Passed = V.Declared;
  V.Given = "*this";
  V.MoveMayThrow = false;
  V.Size = 8;
}

} // namespace

ir::Body lower(const AsyncFunction &F, const AsyncFunctions &Functions,
               const CalleeFacts &Facts, const ASTContext &Ast,
               const SourceText &Source, Diagnostics &Diags) {
  Context C(F, Functions, Facts, Ast, Source, Diags);
  C.Body.OutputIsVoid = F.Output->isVoidType();
  C.Body.Output = C.Spelling.typeId(F.Output).value_or(ir::Text());
  C.Body.Future =
      C.Spelling.typeId(F.Decl->getReturnType()).value_or(ir::Text());
  for (const ParmVarDecl *P : F.Decl->parameters())
    lowerParameter(C, P);
  lowerObject(C);
  C.Body.NumParams = C.Body.Vars.size();
  markUses(C);
  C.Body.Top = lowerScope(C, F.body()->getBody());
  return std::move(C.Body);
}

} // namespace coroexpand
