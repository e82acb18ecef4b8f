#include "Lower/Lower.h"
#include "Lower/Constructs.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Enclosing.h"
#include "Lower/Uses.h"
#include "Source/Reachability.h"

#include "clang/AST/ASTLambda.h"
#include "clang/AST/PrettyDeclStackTrace.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The T of `std::forward<T>`.
QualType forwardedAs(QualType T) {
  return T->isRValueReferenceType() ? T.getNonReferenceType() : T;
}

/// `Args&&... args` is one member that holds them all. Types in the struct,
/// which stands in the function, name the function's own parameters.
void lowerPack(Context &C, const ParmVarDecl *P) {
  std::string Name = parameterName(P);
  ir::VarId Id = C.variable(Name + "_pack", ir::Variable::Role::Parameter,
                            at(P->getLocation()));
  ir::Variable &V = C.var(Id);
  QualType T = P->getType()->castAs<PackExpansionType>()->getPattern();
  std::string Deduced = "decltype(" + Name + ")";
  ir::Text Element = C.Spelling.typeId(T).value_or(Deduced);
  V.Forwarded = C.Spelling.typeId(forwardedAs(T)).value_or(Deduced);
  declareBy(V, ir::Text(ir::LibraryName::ParameterPack)
                   .append("<")
                   .append(Element)
                   .append("...>"));
  V.Passed = Element.append(T->isReferenceType() ? "... " : "&&... ")
                 .append(ir::declaredName());
  V.HandedOn = ir::Variable::Handing::Pack;
  V.Given = Name;
  V.NeedsDestroy = true;
  C.declareParameter(P, Id);
  C.Body.Packs.push_back({Id, Name + "_"});
}

/// Nothing in the function may be called like the elements of a pack.
void namePacks(Context &C) {
  for (ir::Body::Pack &P : C.Body.Packs) {
    for (unsigned N = 2; C.UsedNames.contains(P.Elements); ++N)
      P.Elements = C.var(P.Var).Given + "_" + std::to_string(N);
    C.var(P.Var).Access = P.Elements;
    C.Body.UsedNames.push_back(P.Elements);
  }
}

/// `auto x`: its type is the one that the function's own parameter has.
void declareAsParameter(Context &C, ir::Variable &V, const ParmVarDecl *P) {
  V.Problem = ir::FrameProblem::None;
  std::string Name = parameterName(P), Type = Name + "_type";
  if (Name.empty()) // A reference or a pointer that nobody uses.
    return;
  C.Body.TypeNames.push_back("using " + Type + " = decltype(" + Name + ");");
  declareBy(V, ir::Text().append(ir::name(Type)));
  V.Passed = ir::Text(Type + "&& ").append(ir::declaredName());
  V.Reference = false;
  V.HandedOn = ir::Variable::Handing::Forwarded;
  V.Forwarded = V.TypeId;
}

/// A reference parameter is a reference member; an object goes from the
/// caller's argument into the frame by the one move that it makes natively.
void lowerParameter(Context &C, const ParmVarDecl *P) {
  if (P->isParameterPack())
    return lowerPack(C, P);
  ir::VarId Id = C.variable(parameterName(P), ir::Variable::Role::Parameter,
                            at(P->getLocation()));
  C.declareParameter(P, Id);
  ir::Variable &V = C.var(Id);
  QualType T = P->getType();
  describe(C, V, T);
  V.MoveMayThrow = C.TypeOf.moveMayThrow(T);
  V.ArgumentIsKept = T->isRecordType() && !C.TypeOf.isQuiet(T);
  ir::Text Name = ir::Text().append(ir::declaredName());
  if (T->isDependentType() && V.Problem == ir::FrameProblem::Unnameable)
    return declareAsParameter(C, V, P);
  if (V.Reference) {
    V.Reference = false;
    V.ClangType = T.getAsOpaquePtr();
    declareAs(C, V, T);
    V.Passed = V.Declared;
    if (T->isRValueReferenceType())
      V.HandedOn = T->isDependentType() ? ir::Variable::Handing::Forwarded
                                        : ir::Variable::Handing::Moved;
    V.Forwarded = C.Spelling.typeId(forwardedAs(T)).value_or(V.TypeId);
  } else if (C.TypeOf.needsDestroy(T) && T->isDependentType()) {
    V.Passed = ir::Text(V.TypeId).append("&& ").append(Name);
    V.HandedOn = ir::Variable::Handing::Forwarded;
    V.Forwarded = V.TypeId;
  } else if (T->isRecordType()) {
    V.Passed = ir::Text(V.TypeId).append(V.Const ? "& " : "&& ").append(Name);
    V.HandedOn =
        V.Const ? ir::Variable::Handing::AsIs : ir::Variable::Handing::Moved;
  } else {
    V.Passed = V.Declared;
  }
}

/// f() { S }                   Scope S
/// f() try { S } catch ..      Scope { Try { S; .. } }
std::unique_ptr<ir::Scope> lowerBody(Context &C) {
  const auto *Body = cast<CompoundStmt>(C.F.body()->getBody());
  if (Body->getBeginLoc().isValid())
    return lowerScope(C, Body);
  const Stmt *Try = *Body->body_begin();
  std::unique_ptr<ir::Scope> Result = lowerScope(C, Try);
  Result->FallsThrough = reachesEnd(C.F, Try);
  return Result;
}

/// It's a lambda of an async function itself, and not of a local class in it,
/// whose objects are others.
bool isNestedLambda(const AsyncFunction &F, const AsyncFunctions &Functions) {
  const AsyncFunction *Around = F.Lambda ? Functions.around(F) : nullptr;
  if (!Around)
    return false;
  const DeclContext *C = F.Decl->getParent()->getParent();
  while (C != Around->Decl && isLambdaCallOperator(C))
    C = C->getParent()->getParent();
  return C == Around->Decl;
}

} // namespace

ir::Body lower(const AsyncFunction &F, const AsyncFunctions &Functions,
               const CalleeFacts &Facts, const NestedFunctions &Nested,
               const ASTContext &Ast, const SourceText &Source,
               Diagnostics &Diags) {
  // What a crash of the tool says that it was doing; clang only reads them.
  PrettyDeclStackTraceEntry Here(const_cast<ASTContext &>(Ast),
                                 const_cast<FunctionDecl *>(F.Decl),
                                 F.Decl->getLocation(), "lowering");
  Context C(F, Functions, Facts, Ast, Source, Diags);
  C.IsNested = isNestedLambda(F, Functions);
  for (const auto &[Range, Expansion] : Nested)
    C.Source.replace(Range, Expansion);
  C.Body.IsSequence = F.IsSequence;
  C.Body.OutputIsVoid = F.IsSequence || F.Output->isVoidType();
  C.Body.OutputMayBeVoid = !F.IsSequence && mayBeVoid(F.Output);
  std::optional<ir::Text> Output = C.Spelling.typeId(F.Output);
  std::optional<ir::Text> Future =
      F.Erased ? C.Spelling.typeId(F.Decl->getReturnType()) : ir::Text();
  if (!Output || !Future)
    Diags.report(F.Decl->getLocation(), Diag::frame_output) << F.Decl;
  C.Body.Output = Output.value_or(ir::Text());
  if (F.IsSequence)
    C.Body.Output = ir::Text(ir::LibraryName::Optional)
                        .append("<")
                        .append(C.Body.Output)
                        .append(">");
  C.Body.Future = Future.value_or(ir::Text());
  for (const ParmVarDecl *P : F.Decl->parameters())
    lowerParameter(C, P);
  lowerObject(C);
  lowerCaptures(C);
  C.Body.NumParams = C.Body.Vars.size();
  markUses(C);
  namePacks(C);
  C.Body.Top = lowerBody(C);
  joinVariablesInPlace(C);
  nameUnderConditions(C);
  checkFolds(C);
  noteNamesInTexts(C);
  notePrivates(C);
  return std::move(C.Body);
}

} // namespace coroexpand
