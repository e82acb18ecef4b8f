//===- Steps.h - a full-expression in steps, in its order of evaluation ---===//
//
//   f(g(), T{1}, co_await h())    g_call = g(); t = T{1}; h_call = h();
//                                 wait for h_call;
//                                 consumer: f(g_call, std::move(t), <value>)
//
// What is evaluated before a wait and could tell is kept: an object or a value
// by a temporary of the full-expression, anything else by reference. So is what
// has to outlive the wait. Literals, names of things and variables that nobody
// changes meanwhile stay in the text, and so does all that comes after the last
// wait.
//
//   Steps.cpp          the walk: what is kept, and in which order
//   Temporaries.cpp    which temporaries have to outlive a wait
//   Branches.cpp       ?: && ||
//   Folds.cpp          folds of packs
//   ListCheck.cpp      braced arguments in templates
//   Blocks.cpp         ({ .. })
//   DefaultArguments.cpp
//   Await.cpp, Calls.cpp, Join.cpp    what is waited for
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_STEPS_H
#define COROEXPAND_LOWER_STEPS_H

#include "Lower/Context.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace coroexpand {

/// How an object is made from an expression, in the text of a step.
struct Made {
  ir::Text Value;
  /// Value spells the type of the object too: `T{..}`, `f_future(..)`.
  bool SpellsType = false;
};

/// The steps of one full-expression.
class Steps {
public:
  Steps(Context &C, const clang::Expr *Root);
  Steps(const Steps &) = delete;

  /// Nothing is done with the value of \p E, which comes last.
  void noteUnused(const clang::Expr *E);

  /// Appends the steps that \p E needs before it. \p WaitBehind: something is
  /// waited for before the value of E is used.
  void before(const clang::Expr *E, bool WaitBehind);

  /// Keeps the value of \p E, a number whose steps are done.
  void keepValue(const clang::Expr *E) { keep(E, /*Postfix=*/false); }

  /// What \p Object, a choice, gives is variable \p Id.
  void makeByChoice(const clang::Expr *Object, ir::VarId Id);

  /// The text of \p E or of a part of it, after its steps.
  ir::Text text(const clang::Expr *E) const;
  /// The same, or \p Text, for a decltype outside of all functions.
  ir::Text textForType(const clang::Expr *E, ir::Text Text) const;
  /// The same as a bool.
  ir::Text truth(const clang::Expr *E) const;

  /// What stands in the text in place of the steps.
  const Holes &replaced() const { return Replaced; }
  /// The value of \p E is in a variable, or it has none.
  bool isDone(const clang::Expr *E) const;

  std::vector<ir::StmtPtr> take();

  /// The initialiser is the arguments of a constructor, some of them the
  /// outputs of an expansion, which \p Call, with these arguments, is then to
  /// take.
  bool hasExpansions() const { return !Expansions.empty(); }
  ir::Text withExpansions(ir::Text Call);

private:
  //===--------------------------------------------------------------------===//
  // The walk
  //===--------------------------------------------------------------------===//

  bool needs(const clang::Expr *E, bool WaitBehind) const;
  void inside(const clang::Expr *E, bool WaitBehind);
  void parts(const clang::Expr *E, bool WaitBehind);
  void comma(const clang::BinaryOperator *E, bool WaitBehind);
  void discard(const clang::Expr *E);
  ir::Text discardedText(const clang::Expr *E) const;
  void holdDiscarded(const clang::Expr *E);
  void block(const clang::StmtExpr *E);
  class FoldElement;
  void fold(const clang::CXXFoldExpr *E);
  void expansion(const clang::PackExpansionExpr *E);
  void takeExpansions(const clang::Expr *E);
  ir::VarId waitInTurn(const FoldElement &Element);
  void combined(const clang::CXXFoldExpr *E, const ir::Text &Operand,
                ir::Text Place);
  void keep(const clang::Expr *E, bool Postfix);
  void keepAsReference(const clang::Expr *E, bool Postfix);
  void takeOut(const clang::Expr *E);
  void hold(const clang::Expr *E);
  ir::Text listOf(const clang::Expr *Array, ir::VarId Id) const;
  void replace(const clang::Expr *E, ir::Text Use);
  void replaceAround(const clang::Expr *E, ir::Text Use);
  void keptIn(const clang::Expr *E, std::optional<ir::VarId> Id);
  void forgetAnswers();
  bool isInert(const clang::Expr *E) const;
  bool isUnchanged(const clang::DeclRefExpr *Read) const;
  std::string nameOf(const clang::Expr *E) const;

  //===--------------------------------------------------------------------===//
  // Temporaries
  //===--------------------------------------------------------------------===//

  bool extracts(const clang::Expr *E) const;
  bool findsTemporary(const clang::Expr *E) const;
  bool isTemporary(const clang::Expr *E) const;
  bool isMadeInArms(const clang::Expr *E) const;
  void noteChanges(const clang::Stmt *S);
  void noteLifetimes(const clang::Expr *E, bool InNumber);
  void noteParameters(const clang::Expr *E);
  void noteObject(const clang::Expr *E);
  void noteList(const clang::CXXStdInitializerListExpr *List);
  void noteConstruct(const clang::CXXConstructExpr *Object);
  void noteOperands(const clang::Expr *E);
  void mustOutlive(const clang::Expr *E);

  void writeDefaults(const clang::Expr *E);
  void forget(const clang::Expr *E);
  bool meansTheSameHere(const clang::CXXDefaultArgExpr *E) const;
  bool isLibrarys(const clang::CXXDefaultArgExpr *E) const;

  //===--------------------------------------------------------------------===//
  // Branches
  //===--------------------------------------------------------------------===//

  bool branches(const clang::Expr *E, bool WaitBehind) const;
  void select(const clang::ConditionalOperator *E);
  void logical(const clang::BinaryOperator *E);
  void arm(std::vector<ir::StmtPtr> &Into, const clang::Expr *Arm,
           const clang::Expr *Whole, std::optional<ir::VarId> Result);
  void beforeArm(const clang::Expr *Arm, std::optional<ir::VarId> Id);
  ir::VarId chosenVariable(const clang::Expr *E);
  std::optional<ir::VarId> resultFor(const clang::Expr *E);
  std::optional<ir::VarId> resultOf(const clang::Expr *E);
  struct UnknownArm;
  UnknownArm unknownArm(std::vector<ir::StmtPtr> &Into, const clang::Expr *Arm,
                        ir::VarId Id);
  static UnknownArm either(UnknownArm Then, UnknownArm Else);
  void makeUnknown(const clang::Expr *E, ir::VarId Id, const UnknownArm &Arms);
  bool isChoiceOf(const clang::Expr *E, const clang::Expr *Whole) const;

  //===--------------------------------------------------------------------===//
  // What is waited for
  //===--------------------------------------------------------------------===//

  void await(const clang::Expr *E);
  void yield(const clang::Expr *E);
  ir::Text awaitPlace(const clang::Expr *Operand);
  ir::Text adaptedPlace(const clang::Expr *Operand, ir::VarId Id);
  ir::Text dependentPlace(const clang::Expr *Operand);
  ir::Text textAfterSteps(const clang::Expr *E);
  Made called(const clang::Expr *E);
  ir::Text calledObjectText(const clang::Expr *Object) const;
  struct Slot;
  ir::VarId slotStates(const clang::CallExpr *Join);
  Slot slotFor(const clang::Expr *Arg, ir::Variable::InSlots In);
  void joinPlaces(const clang::CallExpr *Join, ir::Await &A);

  //===--------------------------------------------------------------------===//
  // Objects
  //===--------------------------------------------------------------------===//

  /// A new temporary of type \p T, made from \p E as \p From says.
  ir::VarId temporary(std::string Name, clang::QualType T, const clang::Expr *E,
                      Made From);
  /// A reference to what glvalue \p E, which \p Value spells, names.
  ir::VarId reference(std::string Name, const clang::Expr *E, ir::Text Value);
  void make(ir::Declarator D, ir::Loc Where);
  /// Holder \p Id of what \p E, which \p Value spells, gives.
  void makeHolder(ir::VarId Id, const clang::Expr *E, ir::Text Value);
  void flag(ir::VarId Id);
  void append(ir::StmtPtr Step) { List->push_back(std::move(Step)); }

  Context &C;
  const clang::Expr *Root;
  llvm::SmallPtrSet<const clang::Expr *, 2> Unused;
  std::vector<ir::StmtPtr> All;
  std::vector<ir::StmtPtr> *List = &All; ///< Where steps go.
  /// The flags of the outermost branch around, null in none.
  std::vector<ir::VarId> *Flags = nullptr;
  Holes Replaced;
  llvm::DenseMap<const clang::Expr *, std::optional<ir::VarId>> Kept;
  /// The answers of isInert and extracts, which are asked of an expression and
  /// then of its parts, as long as nothing has changed that they depend on.
  mutable llvm::DenseMap<const clang::Expr *, bool> Inert, Extracting;
  /// What has been written for default arguments, each of one call.
  llvm::DenseMap<const clang::Expr *, ir::Text> Defaults;
  /// Whose outputs the call around it is to take.
  struct Expansion {
    const clang::Expr *E;
    ir::VarId Id;
    std::string Name;
    ir::Text Type; ///< What has the type of the outputs.
  };
  llvm::SmallVector<Expansion, 1> Expansions;
  /// Calls that take outputs of expansions, as they stand in types.
  llvm::DenseMap<const clang::Expr *, ir::Text> TypeTexts;
  const clang::Expr *Chosen = nullptr;
  ir::VarId MadeByChoice = 0;      ///< What Chosen makes.
  bool IsChosenInArm = false;      ///< Chosen is in an arm of another choice.
  UnknownArm *MadeInArm = nullptr; ///< What Chosen makes there, of no type yet.

  llvm::DenseMap<const clang::Expr *, const clang::ParmVarDecl *> Parameters;
  /// Arguments of lowered calls that have to live until the full-expression
  /// ends.
  llvm::SmallPtrSet<const clang::Expr *, 4> Arguments;
  llvm::SmallPtrSet<const clang::Expr *, 4> Consumed, Discarded, PlainObjects;
  /// Arrays behind lists; those of them whose braces are those of an object,
  /// and those that a container copies at once.
  llvm::SmallPtrSet<const clang::Expr *, 4> Lists, ObjectLists, Copied;
  /// Those whose parts all have to outlive what is made or waited for next.
  llvm::SmallPtrSet<const clang::Expr *, 8> Outliving;
  /// Braced arguments of which only an instantiation knows what they make.
  llvm::SmallPtrSet<const clang::Expr *, 4> UnknownLists;
  /// Expressions that assign to a variable.
  llvm::SmallVector<std::pair<const clang::ValueDecl *, const clang::Expr *>, 2>
      Changes;
};

/// \p E without what clang puts around a value and leaves it what it is.
const clang::Expr *bare(const clang::Expr *E);

/// The same, and without one cast to void around a value.
const clang::Expr *withoutVoid(const clang::Expr *E);

/// What gives the value of \p E: of `a, b`, `b`.
const clang::Expr *behindCommas(const clang::Expr *E);

/// Where \p E is written; a default argument, where the function is declared.
clang::SourceRange writtenRange(const Context &C, const clang::Expr *E);

/// What \p E passes to a function or a constructor.
llvm::ArrayRef<const clang::Expr *> argumentsOf(const clang::Expr *E);

/// A name for an object that holds what \p E gives, when \p Otherwise is not
/// better.
std::string nameFor(const Context &C, const clang::Expr *E,
                    llvm::StringRef Otherwise);

/// How object \p V of type \p T is made from \p E, which \p Value spells; Value
/// may have to spell the type then.
ir::Declarator::Style initStyle(Context &C, const clang::Expr *E,
                                clang::QualType T, const ir::Variable &V,
                                ir::Text &Value);

/// \p E, which \p Value spells, makes the result \p Id of a branch or a block,
/// a \p T or a reference to one.
std::unique_ptr<ir::Make> makeResult(Context &C, ir::VarId Id,
                                     const clang::Expr *E, clang::QualType T,
                                     bool IsReference, ir::Text Value);

/// The end of what braced argument \p List of a template makes can be told from
/// that of a part of its full-expression.
bool mayTell(Context &C, const clang::InitListExpr *List);

/// What \p E gives, a statement expression that waits or a `?:` that does in an
/// arm, only an instantiation knows.
bool isUnknownChoice(const Context &C, const clang::Expr *E);

/// What makes the object that \p D is, or whose life it extends, without the
/// operands before its last comma.
const clang::Expr *madeFrom(const Context &C, const clang::VarDecl *D);

/// \p D is, or extends the life of, what a `?:` that waits in an arm makes, or
/// a statement expression that waits: that has to be made where it stays.
bool isChoice(const Context &C, const clang::VarDecl *D);

/// What \p D is, of which isChoice is true, is made as variable \p Id.
void makeByChoice(Context &C, const clang::VarDecl *D, ir::VarId Id,
                  ir::Scope &Into);

/// The text that names the result \p Id of \p E; `void()` where there is none.
ir::Text resultText(const clang::Expr *E, std::optional<ir::VarId> Id);

/// `auto(e)`, of the text of \p E, is an object of type \p T.
bool makesItsType(const Context &C, const clang::Expr *E, clang::QualType T);

} // namespace coroexpand

#endif
