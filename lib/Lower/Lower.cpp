#include "Lower/Lower.h"
#include "Lower/Constructs.h"
#include "Lower/Describe.h"
#include "Lower/Uses.h"

#include "clang/AST/RecursiveASTVisitor.h"

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

/// The type of what has no other name, for a struct that is local to the
/// function: `using x_type = decltype((x));`, a reference.
void nameByUse(Context &C, ir::Variable &V, const std::string &TypeName,
               const std::string &Use) {
  if (C.F.Struct != ir::Site::Inside) {
    V.Problem = ir::FrameProblem::Unnameable;
    return;
  }
  C.Body.TypeNames.push_back("using " + TypeName + " = decltype((" + Use +
                             "));");
  declareBy(V, ir::Text().append(ir::name(TypeName)));
}

/// The object of a member function: `this` becomes a reference to it.
void lowerObject(Context &C) {
  if (C.F.Object.isNull())
    return;
  ir::VarId Id = C.variable("self", ir::Variable::Role::Object,
                            at(C.F.Decl->getLocation()));
  C.Self = Id;
  ir::Variable &V = C.var(Id);
  if (!declareAs(C, V, C.Ast.getLValueReferenceType(C.F.Object)))
    nameByUse(C, V, "self_type", "*this");
  V.Passed = V.Declared;
  // A lambda in an async function has it by the name that the function gives.
  V.Given = C.IsNested ? "self" : "*this";
  V.MoveMayThrow = false;
  V.Size = 8;
}

/// The first use of a variable in a lambda's body, which knows whether the
/// closure's copy is const.
class UseFinder : public RecursiveASTVisitor<UseFinder> {
public:
  explicit UseFinder(const ValueDecl *D) : D(D) {}
  const DeclRefExpr *Found = nullptr;
  bool shouldVisitImplicitCode() const { return true; }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (E->getDecl() == D)
      Found = E;
    return !Found;
  }

private:
  const ValueDecl *D;
};

/// What a lambda has captured stays in the closure, as natively: the struct
/// refers to it.
void lowerCapture(Context &C, const ValueDecl *D) {
  UseFinder Finder(D);
  Finder.TraverseStmt(C.F.Decl->getBody());
  if (!Finder.Found)
    return;
  ir::VarId Id = C.variable(D->getName().str(), ir::Variable::Role::Capture,
                            at(D->getLocation()));
  C.declareParameter(D, Id);
  ir::Variable &V = C.var(Id);
  V.Given = V.Name;
  if (!declareAs(C, V, C.Ast.getLValueReferenceType(Finder.Found->getType())))
    nameByUse(C, V, V.Name + "_type", V.Name);
  V.Passed = V.Declared;
  V.MoveMayThrow = false;
  V.Size = 8;
}

void lowerCaptures(Context &C) {
  if (C.F.Lambda)
    for (const LambdaCapture &Each : C.F.Lambda->captures())
      if (Each.capturesVariable())
        lowerCapture(C, Each.getCapturedVar());
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
