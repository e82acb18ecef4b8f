//===- Builder.h - the AST of an async function as IR ---------------------===//
//
//   AsyncFunction --markUses--> edits --statements--> ir::Body
//
// One construct, one file: each file holds the source form and its IR side by
// side above the method that makes it. A statement without an await in it
// becomes one Opaque text, whatever it is.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_BUILDER_H
#define COROEXPAND_LOWER_BUILDER_H

#include "Diagnostics/Diagnostics.h"
#include "IR/IR.h"
#include "Lower/Types.h"
#include "Source/AsyncFunction.h"
#include "Source/Fragments.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include "llvm/ADT/StringSet.h"

namespace coroexpand {

class Builder {
public:
  Builder(const AsyncFunction &F, const AsyncFunctions &Functions,
          const clang::ASTContext &Context,
          const clang::syntax::TokenBuffer &Tokens, Diagnostics &Diags);

  /// Reports what can't be lowered; the result is then not to be used.
  ir::Body build();

private:
  using Holes = llvm::SmallVector<Fragments::Hole, 1>;

  // Builder.cpp: statements, and what they share.
  void parameters();
  void parameter(const clang::ParmVarDecl *P, ir::Variable &V);
  void statements(llvm::ArrayRef<const clang::Stmt *> List, ir::Scope &Into);
  void statement(const clang::Stmt *S, ir::Scope &Into);
  void structured(const clang::Stmt *S, ir::Scope &Into);
  std::unique_ptr<ir::Scope> scope(const clang::Stmt *S);
  std::unique_ptr<ir::Opaque> opaque(const clang::Stmt *S);
  void expression(const clang::Stmt *S, const clang::Expr *Root,
                  ir::Scope &Into);
  ir::VarId variable(std::string Name, ir::Variable::Role R, ir::Loc Where);
  ir::Variable &var(ir::VarId Id) { return Result.Vars[Id]; }
  bool waits(const clang::Stmt *S) const { return F.waits(S); }
  static ir::Loc at(clang::SourceLocation L) { return {L.getRawEncoding()}; }

  // Uses.cpp: edits for everything whose spelling depends on the plan.
  void markUses();
  void markContinues(const clang::Stmt *LoopBody, ir::LoopId Id);
  ir::VarId idOf(const clang::ValueDecl *D);

  // Declarations.cpp
  void declaration(const clang::DeclStmt *S, ir::Scope &Into);
  std::unique_ptr<ir::Declare>
  declare(llvm::ArrayRef<const clang::VarDecl *> Vars,
          clang::SourceRange Written, const Holes &Inside);
  ir::Declarator declarator(const clang::VarDecl *D, const Holes &Inside);
  void describeVariable(const clang::VarDecl *D, ir::VarId Id,
                        const ir::Text &Init);
  void extendedTemporaries(const clang::VarDecl *D, Holes &Inside,
                           ir::Declare &Into);
  void waitingDeclaration(const clang::VarDecl *D, clang::SourceRange Written,
                          bool Alone, ir::Scope &Into);
  bool ownType(const clang::DeclStmt *S);
  ir::Text spelledOut(const ir::Declarator &D);
  void nameByMaker(const clang::Expr *Init, const std::string &Written,
                   ir::Declarator &Declared);
  bool isConstantVariable(ir::VarId Id) const;
  bool usesLocalName(clang::SourceRange Range) const;
  bool standsAlone(const clang::DeclStmt *S, const clang::TypeDecl *T) const;
  void bindings(const clang::DecompositionDecl *D);
  /// `T x = e` in a condition, and the name of x as the condition's text.
  void conditionVariable(const clang::VarDecl *D, ir::Scope &Into);

  // If.cpp, Loops.cpp, RangeFor.cpp, Try.cpp
  void ifStatement(const clang::IfStmt *S, ir::Scope &Into);
  void whileLoop(const clang::WhileStmt *S, ir::Scope &Into);
  void doLoop(const clang::DoStmt *S, ir::Scope &Into);
  void forLoop(const clang::ForStmt *S, ir::Scope &Into);
  void rangeFor(const clang::CXXForRangeStmt *S, ir::Scope &Into);
  struct RangeVars {
    ir::VarId Begin, End;
  };
  RangeVars rangeVariables(const clang::CXXForRangeStmt *S,
                           const std::string &Base, ir::Scope &Into);
  void tryStatement(const clang::CXXTryStmt *S, ir::Scope &Into);
  /// A condition's text; one that waits becomes steps in \p Into first.
  ir::Text condition(const clang::Expr *Cond, ir::Scope &Into);
  ir::Text truthOf(const clang::VarDecl *D);
  void breakUnless(ir::Text Cond, ir::Loc Where, ir::LoopId Loop,
                   ir::Scope &Into);
  std::unique_ptr<ir::Scope> loopBody(const clang::Stmt *S, ir::LoopId Id);

  // Await.cpp, Join.cpp, Spill.cpp
  /// The steps of the await in full-expression \p Root. \p Value is the hole
  /// that the consumer's text gets in place of the await.
  std::unique_ptr<ir::FullExpr> awaitSteps(const clang::Expr *Root,
                                           Holes &Value);
  ir::Text awaitPlace(const clang::Expr *Operand, ir::FullExpr &Into);
  void joinPlaces(const clang::CallExpr *Join, ir::FullExpr &Into);
  ir::Variable futureOf(const clang::Expr *Arg);
  ir::VarId temporary(const char *Name, clang::QualType T, const clang::Expr *E,
                      ir::Text Value, ir::FullExpr &Into);
  /// How an object \p Id of type \p T is made from \p E, which \p Value spells;
  /// Value may have to spell the type then.
  ir::Declarator::Style initStyle(const clang::Expr *E, clang::QualType T,
                                  ir::VarId Id, ir::Text &Value);
  ir::VarId temporaryReference(const char *Name, const clang::Expr *E,
                               ir::Text Value, ir::FullExpr &Into);
  ir::Text calledText(const clang::Expr *E, ir::FullExpr &Into);
  ir::Text spilledText(const clang::Expr *E, ir::FullExpr &Into);

  friend class Spill;
  friend class UseMarker;

  const AsyncFunction &F;
  const clang::ASTContext &Context;
  Diagnostics &Diags;
  Fragments Source;
  Types TypeOf;
  ir::Body Result;
  llvm::DenseMap<const clang::ValueDecl *, ir::VarId> Vars;
  llvm::StringSet<> OwnTypeNames;
  clang::SourceLocation BlockEnd; ///< The brace that ends the block around.
  llvm::SmallVector<ir::LoopId, 4> Loops; ///< The structured ones around here.
};

/// \p E without what clang puts around an expression as written.
const clang::Expr *asWritten(const clang::Expr *E);
/// `a::b::name`; what is in an unnamed namespace is seen from outside it.
std::string nameFromTop(const clang::NamedDecl *D);
/// `a, b`: needs parentheses where a comma means something else.
bool isComma(const clang::Expr *E);
/// x, std::move(x): naming it again is naming the same object.
bool namesVariable(const clang::Expr *E);
/// The x of namesVariable.
const clang::Expr *namedVariable(const clang::Expr *E);

} // namespace coroexpand

#endif
