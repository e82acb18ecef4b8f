#include "Lower/Enclosing.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Source/Captures.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace coroexpand {
namespace {

/// A new member of the struct that refers to a \p T from around the function.
/// Where T has no other name, a struct that is local to the function has it as
/// \p Deduced: `using x_type = decltype((x));`.
ir::VarId refer(Context &C, ir::Variable::Role R, const std::string &Name,
                SourceLocation Where, QualType T, const std::string &Deduced) {
  ir::VarId Id = C.variable(Name, R, at(Where));
  ir::Variable &V = C.var(Id);
  if (!declareAs(C, V, C.Ast.getLValueReferenceType(T))) {
    if (C.F.Struct != ir::Site::Inside)
      V.Problem = ir::FrameProblem::Unnameable;
    C.Body.TypeNames.push_back("using " + Name + "_type = " + Deduced + ";");
    declareBy(V, ir::Text().append(ir::name(Name + "_type")));
  }
  V.Passed = V.Declared;
  V.MoveMayThrow = false;
  V.Size = V.Align = 8;
  return Id;
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

/// What \p D is, or `d = std::move(variable)` makes of a variable: in a generic
/// lambda in a template, g++ 12 falls over the decltype of an init-capture.
QualType capturedType(const ValueDecl *D) {
  const auto *Var = dyn_cast<VarDecl>(D);
  if (Var && Var->isInitCapture() && Var->getInit())
    if (const DeclRefExpr *From = namedVariable(Var->getInit()))
      if (QualType T = From->getDecl()->getType().getNonReferenceType();
          !T->getContainedDeducedType() && !T->isArrayType())
        return T.getUnqualifiedType();
  return D->getType().getNonReferenceType();
}

void lowerCapture(Context &C, const LambdaCapture &Each) {
  const ValueDecl *D = Each.getCapturedVar();
  UseFinder Finder(D);
  Finder.TraverseStmt(C.F.Decl->getBody());
  if (!Finder.Found)
    return;
  std::string Name = D->getName().str();
  QualType T = Finder.Found->getType();
  std::string Deduced = "decltype((" + Name + "))";
  if (C.F.isTemplated()) {
    // Clang leaves the const to the instantiation.
    bool IsConst =
        Each.getCaptureKind() == LCK_ByCopy && !C.F.Lambda->isMutable();
    T = capturedType(D);
    if (IsConst)
      T.addConst();
    Deduced = std::string(IsConst ? "const " : "") +
              "std::remove_reference_t<decltype(" + Name + ")>&";
  }
  ir::VarId Id =
      refer(C, ir::Variable::Role::Capture, Name, D->getLocation(), T, Deduced);
  C.var(Id).Given = Name;
  C.declareParameter(D, Id);
}

/// A call of a function could hide behind `&` and an object of \p Class.
bool hasOverloadedAddress(const CXXRecordDecl *Class, const ASTContext &Ast) {
  const DeclarationName And = Ast.DeclarationNames.getCXXOperatorName(OO_Amp);
  bool Found = false;
  auto Look = [&](const CXXRecordDecl *In) {
    Found |= !In->lookup(And).empty();
    for (const DeclContext *D = In->getDeclContext(); D; D = D->getParent())
      Found |= D->isFileContext() && !D->lookup(And).empty();
    return true;
  };
  Look(Class);
  Class->forallBases(Look);
  return Found;
}

} // namespace

void lowerObject(Context &C) {
  if (C.F.Object.isNull())
    return;
  C.Self = refer(C, ir::Variable::Role::Object, "self", C.F.Decl->getLocation(),
                 C.F.Object, "decltype((*this))");
  // A lambda in an async function has it by the name that the function gives.
  C.var(*C.Self).Given = C.IsNested ? "self" : "*this";
}

void lowerCaptures(Context &C) {
  if (C.F.Lambda)
    for (const LambdaCapture &Each : capturesOf(C.F.Lambda))
      if (Each.capturesVariable())
        lowerCapture(C, Each);
}

ir::Text objectText(const Context &C) {
  return ir::Text().append(ir::use(*C.Self));
}

ir::Text objectAddress(const Context &C) {
  if (!hasOverloadedAddress(C.F.Object->getAsCXXRecordDecl(), C.Ast))
    return ir::Text("&").append(objectText(C));
  return ir::Text(ir::LibraryName::AddressOf)
      .append("(")
      .append(objectText(C))
      .append(")");
}

ir::Text objectCapture(Context &C, const LambdaExpr *L,
                       const LambdaCapture &Capture) {
  bool Copied = Capture.getCaptureKind() == LCK_StarThis;
  // The text of an async lambda, which is finished, says self.
  ir::Text Name =
      C.TypeOf.isAsync(L->getCallOperator()) ? ir::Text("self") : objectText(C);
  return ir::Text(Copied ? "" : "&")
      .append(Name)
      .append(" = ")
      .append(objectText(C));
}

} // namespace coroexpand
