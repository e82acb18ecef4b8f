//===- Context.h - what the constructs of one lowering share --------------===//
//
//   AsyncFunction --markUses--> edits --constructs--> ir::Body
//
// Variables, text, types, diagnostics and the jumps around the place that is
// being lowered. It lowers nothing: each construct has a file of its own.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_CONTEXT_H
#define COROEXPAND_LOWER_CONTEXT_H

#include "Diagnostics/Diagnostics.h"
#include "IR/IR.h"
#include "Lower/LocalNames.h"
#include "Lower/Types.h"
#include "Source/AsyncFunction.h"
#include "Source/Fragments.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

namespace coroexpand {

using Holes = llvm::SmallVector<Fragments::Hole, 1>;

inline ir::Loc at(clang::SourceLocation L) { return {L.getRawEncoding()}; }

class Context {
public:
  Context(const AsyncFunction &F, const AsyncFunctions &Functions,
          const CalleeFacts &Facts, const clang::ASTContext &Ast,
          const SourceText &Source, Diagnostics &Diags)
      : F(F), Facts(Facts), Ast(Ast), Diags(Diags),
        Source(Source, Ast.getLangOpts()), Spelling(Ast, *F.Decl),
        TypeOf(Ast, Spelling, Functions, F), Locals(F.Decl->getBody()) {
    noteGotos(F.Decl->getBody());
  }

  const AsyncFunction &F;
  const CalleeFacts &Facts;
  const clang::ASTContext &Ast;
  Diagnostics &Diags;
  Fragments Source;
  TypeSpelling Spelling;
  Types TypeOf;
  ir::Body Body; ///< What is being made.

  bool waits(const clang::Stmt *S) const { return F.waits(S); }
  /// \p S becomes more than one text: it waits, or a jump leads into it.
  bool isSplit(const clang::Stmt *S) const;
  /// The number of a label.
  ir::LabelId labelOf(const clang::LabelDecl *D);

  //===--------------------------------------------------------------------===//
  // Variables
  //===--------------------------------------------------------------------===//

  /// A new variable.
  ir::VarId variable(std::string Name, ir::Variable::Role R, ir::Loc Where);
  ir::Variable &var(ir::VarId Id) { return Body.Vars[Id]; }
  /// The variable that \p D declares; a new one when it is met first.
  ir::VarId idOf(const clang::ValueDecl *D);
  /// Nothing for what is no variable of the function.
  std::optional<ir::VarId> find(const clang::ValueDecl *D) const;
  void declareParameter(const clang::ValueDecl *P, ir::VarId Id) {
    Vars[P] = Id;
  }
  /// It is a lambda of another async function.
  bool IsNested = false;
  /// What stands for `*this`.
  std::optional<ir::VarId> Self;
  /// The lambda that is lowered has captured it.
  bool isCaptured(const clang::ValueDecl *D) const {
    std::optional<ir::VarId> Id = find(D);
    return Id && Body.Vars[*Id].R == ir::Variable::Role::Capture;
  }
  /// Every declaration that is a variable of the function.
  const llvm::DenseMap<const clang::ValueDecl *, ir::VarId> &variables() const {
    return Vars;
  }

  /// Words that stand in the body, and not only behind `.`, `->` or `::`: what
  /// the lowering names must not be called so.
  llvm::StringSet<> UsedNames;
  const LocalNames Locals;
  /// Variables that are read and nothing else: no address of them is taken, no
  /// reference bound to them, no closure captures them.
  llvm::DenseSet<const clang::ValueDecl *> OnlyRead;
  /// Variables that nothing else can change: they are read or assigned to by
  /// name, and nothing else.
  llvm::DenseSet<const clang::ValueDecl *> Unshared;
  /// How the constants among the variables are declared, each with the first
  /// one of its declaration.
  llvm::DenseMap<ir::VarId, std::pair<ir::VarId, ir::Text>> Constants;
  /// Where the lists of a template begin whose end an instance can tell, once
  /// that has been asked.
  std::optional<llvm::DenseSet<clang::SourceLocation>> TellingLists;
  /// Of the local types that have moved into the struct.
  llvm::StringSet<> OwnTypeNames;

  //===--------------------------------------------------------------------===//
  // The place that is being lowered
  //===--------------------------------------------------------------------===//

  /// The loops around it that are taken apart, outermost first.
  llvm::SmallVector<ir::LoopId, 4> Loops;
  /// The same with the switches: what `break` leaves.
  llvm::SmallVector<ir::LoopId, 4> Breakable;
  /// What the last statement of a statement expression makes of its value.
  struct BlockResult {
    const clang::Stmt *Of = nullptr;
    std::optional<ir::VarId> Id;
  } Result;
  /// The output type of the await in the full-expression, and what it's called
  /// in the struct; null where only an instantiation knows it.
  clang::QualType AwaitedType;
  ir::Text AwaitedOutput;
  /// Of the arms of `if constexpr` around it in a template, outermost first.
  std::vector<ir::Text> Conditions;
  /// The folds over co_await in the body.
  llvm::SmallVector<const clang::CXXFoldExpr *, 1> Folds;
  /// Something behind it, in its scope, waits, or may.
  bool WaitsBehind = true;
  /// The brace that ends the block around it.
  clang::SourceLocation BlockEnd;

private:
  void noteGotos(const clang::Stmt *S);
  bool isEntered(const clang::Stmt *Whole, const clang::Stmt *Part,
                 bool InSwitch) const;

  llvm::DenseMap<const clang::ValueDecl *, ir::VarId> Vars;
  llvm::DenseMap<const clang::LabelDecl *, ir::LabelId> Labels;
  /// The statements that jump to a label.
  llvm::SmallVector<const clang::GotoStmt *, 2> Gotos;
};

} // namespace coroexpand

#endif
