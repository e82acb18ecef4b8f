#include "Lower/Steps.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

SourceRange writtenRange(const Context &C, const Expr *E) {
  const auto *Default = dyn_cast<CXXDefaultArgExpr>(E);
  if (!Default)
    return E->getSourceRange();
  auto Tokens = C.Source.tokens(Default->getParam()->getDefaultArgRange());
  if (Tokens.front().kind() == tok::equal)
    Tokens = Tokens.drop_front();
  return {Tokens.front().location(), Tokens.back().location()};
}

namespace {

/// The token that ends the arguments of a call.
SourceLocation closingToken(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getRParenLoc();
  return cast<CXXConstructExpr>(E)->getParenOrBraceRange().getEnd();
}

} // namespace

/// An allocator and its like, which nobody has a word for at the call.
bool Steps::isLibrarys(const CXXDefaultArgExpr *E) const {
  return C.Source.sourceManager().isInSystemHeader(
      E->getParam()->getLocation());
}

/// The default argument's names are found in the caller as they are where the
/// function is declared.
bool Steps::meansTheSameHere(const CXXDefaultArgExpr *E) const {
  const auto *Callee = cast<FunctionDecl>(E->getParam()->getDeclContext());
  bool Literal = true;
  for (const syntax::Token &T : C.Source.tokens(writtenRange(C, E))) {
    if (T.kind() != tok::identifier)
      continue;
    Literal = false;
    for (const auto &[D, Id] : C.variables())
      if (D->getName() == C.Source.text(T))
        return false;
  }
  return Literal || Callee->getDeclContext()->getRedeclContext()->Encloses(
                        C.F.Decl->getDeclContext());
}

/// The next call with this default argument makes another object of it: that is
/// the same expression.
void Steps::forget(const Expr *E) {
  Kept.erase(E);
  forgetAnswers();
  llvm::erase_if(Replaced, [&](const Fragments::Hole &H) {
    return H.Range == E->getSourceRange();
  });
  forEachChild(E, [&](const Stmt *Child) {
    if (const auto *Part = dyn_cast<Expr>(Child))
      forget(Part);
  });
}

/// f(a) with default arguments of which one has to outlive the call becomes
/// f(a, default, ..).
void Steps::writeDefaults(const Expr *E) {
  llvm::ArrayRef<const Expr *> Arguments = argumentsOf(E);
  auto IsDefault = [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); };
  auto IsReplaced = [&](const Expr *A) {
    const auto *Default = dyn_cast<CXXDefaultArgExpr>(A);
    return Default && llvm::any_of(Replaced, [&](const Fragments::Hole &H) {
             return H.Range == writtenRange(C, Default) ||
                    H.Range == Default->getExpr()->getSourceRange();
           });
  };
  if (llvm::none_of(Arguments, IsReplaced))
    return;
  auto First = llvm::find_if(Arguments, IsDefault);
  SourceLocation Close = closingToken(E);
  if (Close.isInvalid())
    return;
  for (auto A = First; A != Arguments.end(); ++A)
    if (!meansTheSameHere(cast<CXXDefaultArgExpr>(*A))) {
      C.Diags.report(Close, Diag::operand_default)
          << cast<CXXDefaultArgExpr>(*A)->getParam();
      return;
    }
  ir::Text Written;
  for (auto A = First; A != Arguments.end(); ++A)
    Written.append(A == Arguments.begin() ? "" : ", ").append(text(*A));
  for (auto A = First; A != Arguments.end(); ++A)
    Defaults[*A] = text(*A);
  for (auto A = First; A != Arguments.end(); ++A)
    forget(cast<CXXDefaultArgExpr>(*A)->getExpr());
  auto Token = C.Source.tokens({Close, Close});
  Written.append(C.Source.text(Token.front()).str());
  Replaced.push_back({{Close, Close}, std::move(Written)});
}

} // namespace coroexpand
