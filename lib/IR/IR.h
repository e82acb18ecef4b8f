//===- IR.h - the structured body of an async function --------------------===//
//
//   AsyncFunction --Lower--> ir::Body --Plan--> FramePlan --Emit--> text
//
// The IR keeps the shape of the source: scopes, if, loops and try stay what
// they are, and whatever no suspension takes apart is one Opaque text. It
// knows no poll protocol and no Clang type: an await is "wait for these
// operands, then hand their value to the consumer", however that is spelled.
//
//   co_await f(t());          FullExpr
//                               Make      tmp     = t()
//                               Make      awaited = f(tmp)
//                               Wait      awaited
//                               consumer  Opaque { <value>; }
//
//   c ? co_await f() : n      .. Branch { c; Make .., Wait .., Make r =
//   <value>;
//                                         Make r = n }
//
//   for (T i = a; c; ++i) S   Scope { Declare i; Loop { cond, inc, Scope S } }
//   if (T x = co_await e) S   Scope { FullExpr { .. Declare x }; If { x; S } }
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_IR_H
#define COROEXPAND_IR_IR_H

#include "IR/Text.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coroexpand::ir {

using AwaitId = unsigned; ///< 1, 2, ... in source order.
using TryId = unsigned;
using LabelId = unsigned;

/// Where something stands in the source; meaningful to Diagnostics only.
struct Loc {
  std::uint32_t Raw = 0;
};

/// Why a variable can't live in the frame.
enum class FrameProblem {
  None,
  Unnameable,        ///< Its type has no name that a member could have.
  ExtendedTemporary, ///< It extends the life of a part of a temporary.
  Decltype,          ///< decltype of it would tell the member's type.
};

/// What the plan must know of a variable; the facts are the front end's.
struct Variable {
  enum class Role {
    Parameter,
    Object,  ///< What `this` points to: a parameter of the struct alone.
    Capture, ///< What a lambda has captured: one of these too.
    Local,
    Constant,  ///< A constant expression: stays a constant wherever it is.
    Temporary, ///< Lives until the end of its full-expression.
    Flag,      ///< Says whether a temporary has been made.
    Binding,   ///< A structured binding: a name for a part of variable Of.
    Condition, ///< An uninitialised bool, always an ordinary local of poll.
  };
  std::string Name; ///< As written, or the wish for a generated one.
  Role R = Role::Local;
  Loc Where;
  Text Declared;          ///< `Book $`, `int $[3]`: how a member is declared.
  Text TypeId;            ///< `Book`, `int[3]`: the same without the name.
  bool Reference = false; ///< Kept as a pointer when it lives in the frame.
  /// Reference: it may extend the life of a temporary, which only an
  /// instantiation knows. Kept as coro::held, which is used like a pointer.
  bool Held = false;
  bool Const = false;
  bool Array = false;
  bool Grid = false;            ///< An array of arrays of class objects.
  bool NeedsDestroy = false;    ///< Its destructor does something ..
  bool DestroyMayThrow = false; ///< .. and is not noexcept.
  /// Nothing reaches it but text that names it, and its end can't be told:
  /// behind the last such text nobody needs it.
  bool Private = false;
  /// The same, but a call that is awaited takes what it holds, and nobody can
  /// tell when the rest of it is destroyed.
  bool MovedOn = false;
  /// As a local, it keeps alive temporaries that it is not itself.
  bool Extends = false;
  /// Parameter: a caller's argument for it lives on in the caller's frame.
  bool ArgumentIsKept = false;
  bool MoveMayThrow = true; ///< Its move, or a const's copy, may throw.
  bool TrivialInit = false; ///< May exist uninitialised and be assigned to.
  bool List = false;        ///< A std::initializer_list.
  /// There is a concrete future in its type, which only the lowered program
  /// has a name for.
  bool OnlyLowered = false;
  std::uint64_t Size = 0;  ///< Bytes, about.
  std::uint64_t Align = 0; ///< In bytes; 0: not known.
  /// Of the concrete futures in it, or in what it refers to.
  std::uint64_t FuturesSize = 0;
  /// Parameter: `Book&& book`, how the future's constructor takes it, and how
  /// it hands it on.
  Text Passed;
  enum class Handing {
    AsIs,
    Moved,     ///< `std::move(book)`
    Forwarded, ///< `std::forward<T>(key)`, T as Forwarded says
    Pack,      ///< `std::forward<Args>(args)...`
  } HandedOn = Handing::AsIs;
  Text Forwarded;
  /// Parameter of the struct alone: what the factory hands on for it.
  std::string Given;
  VarId Of = 0;                  ///< Binding: the variable it is a part of ..
  Text Access;                   ///< .. and how that part is spelled.
  std::optional<unsigned> Maker; ///< Which of the body's makers makes it.
  /// Temporary: the variable that says whether it has been made, for one that
  /// is made only under a condition.
  std::optional<VarId> Flag;
  /// A slot of a join: the variable that knows what it holds, and its number
  /// there.
  struct InSlots {
    VarId States;
    unsigned Number;
  };
  std::optional<InSlots> Slot;
  bool Dependent = false;       ///< Only an instantiation knows its type.
  std::vector<Text> Conditions; ///< Of the arms of `if constexpr` around it.
  FrameProblem Problem = FrameProblem::None;
  /// What the member's type has to be, for clang; null where only an
  /// instantiation or the lowered program knows.
  const void *ClangType = nullptr;
};

enum class StmtKind {
  Opaque,
  Declare,
  Assign,
  Scope,
  FullExpr,
  Make,
  Wait,
  Branch,
  Block,
  If,
  Loop,
  Switch,
  Label,
  Try
};

struct Stmt {
  explicit Stmt(StmtKind K, Loc Where) : K(K), Where(Where) {}
  virtual ~Stmt() = default;
  const StmtKind K;
  Loc Where;
  std::string Comment;  ///< The comment lines before it, each ending in '\n'.
  std::string Trailing; ///< A comment behind it on its last line.
  /// `[[likely]] `, before its first word, or its opening brace.
  std::string Attributes;
  /// All comments in the statement of the source that it comes of, with the
  /// next ones of the scope: so many that there are Parts of them.
  std::vector<std::string> Inside;
  unsigned Parts = 1;
  bool BlankBefore = false;
  /// Scopes and texts: control can reach the end, from the front or from a
  /// resume point inside.
  bool FallsThrough = true;
};
using StmtPtr = std::unique_ptr<Stmt>;

/// A jump that leaves a statement's text.
struct Jump {
  enum class Kind {
    Break,    ///< Out of a loop or a switch: Target is its LoopId.
    Continue, ///< Target is a LoopId.
    Goto,     ///< Target is a LabelId.
  } K;
  unsigned Target;
};

/// Text that no suspension takes apart.
struct Opaque : Stmt {
  explicit Opaque(Loc W, Text T = {}) : Stmt(StmtKind::Opaque, W), T(T) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Opaque; }
  Text T;
  bool Declares = false; ///< Something that text behind it may name.
  std::vector<Jump> Jumps;
};

struct Declarator {
  enum class Style {
    None,    ///< `T x;`
    Copy,    ///< `T x = value;`
    Paren,   ///< `T x(value);`
    Brace,   ///< `T x{value};`
    Array,   ///< A copy of the array that the value names.
    Spelled, ///< The value spells the type too: `T{value}`, `T(value)`.
  };
  VarId Var;
  Style Init = Style::None;
  Text Value = {};
  /// Copy: the variable's type is what `auto` makes of Value.
  bool Deduced = false;
};

/// One declaration statement of objects with automatic storage.
struct Declare : Stmt {
  explicit Declare(Loc W) : Stmt(StmtKind::Declare, W) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Declare; }
  std::vector<Declarator> Vars;
  Text Original;   ///< The whole declaration, for variables that stay locals ..
  Text Attributes; ///< .. but for a constant's attributes in front.
};

/// Sets a Condition variable.
struct Assign : Stmt {
  Assign(Loc W, VarId V, Text T) : Stmt(StmtKind::Assign, W), Var(V), T(T) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Assign; }
  VarId Var;
  Text T;
};

struct Scope : Stmt {
  explicit Scope(Loc W) : Stmt(StmtKind::Scope, W) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Scope; }
  std::vector<StmtPtr> Body;
  Loc End;                 ///< Its closing brace.
  std::string LastComment; ///< Comment lines before the closing brace.
};

/// What a full-expression waits for: one operand, or the slots of a join, all
/// of which run until all are done.
struct Await {
  enum class Kind { One, Join, JoinObject, Yield, Fold } K = Kind::One;
  AwaitId Id = 0;
  /// What is called, for the name of the state that waits: `lock`. Empty when
  /// that has no name.
  std::string Wish;
  std::vector<Text> Operands; ///< Each up to and including the member dot.
                              ///< Yield: the value. Join: the slots.
  std::vector<VarId> Slots;   ///< Join: the variables that Operands name ..
  VarId States = 0;           ///< .. and that which knows what they hold.
  /// Fold: what each element of the pack does, one after the other.
  struct Fold {
    enum class Operator { Comma, And, Or, Other } Op = Operator::Comma;
    Text Condition;            ///< Whether it waits; empty: it does.
    Text Otherwise;            ///< What it gives if it does not.
    Text Make;                 ///< The operand that it waits for.
    bool NamesOperand = false; ///< Make names an object, and does not call.
    Text Take;                 ///< What it makes of the output; empty: nothing.
  } Elements;
  /// Nobody can tell whether a value that is not used is ever made.
  bool Discardable = false;
};

/// A step of a full-expression: a temporary comes to life, or what has been
/// set up by a branch before it is given its value.
struct Make : Stmt {
  Make(Loc W, Declarator D) : Stmt(StmtKind::Make, W), D(std::move(D)) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Make; }
  Declarator D;
  /// Of the branch or the block around it, which declares it. In a block, a
  /// statement, or a consumer.
  bool IsResult = false;
  /// A join's slot: the variable that is moved into it, and nothing else.
  std::optional<VarId> MovedFrom;
};

/// A step of a full-expression: the next step, or the consumer, takes the value
/// that A gives.
struct Wait : Stmt {
  explicit Wait(Loc W) : Stmt(StmtKind::Wait, W) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Wait; }
  Await A;
};

/// A step of a full-expression: one of two lists of steps. The temporaries of
/// both live to the end of the full-expression, each if its flag says so.
struct Branch : Stmt {
  Branch(Loc W, Text C) : Stmt(StmtKind::Branch, W), Cond(std::move(C)) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Branch; }
  Text Cond;
  std::vector<StmtPtr> Then, Else;
  /// The flags of all temporaries in it; empty for a branch in another.
  std::vector<VarId> Flags;
  /// What both arms make; lives to the end of the full-expression.
  std::optional<VarId> Result;
};

/// A step of a full-expression: a statement expression, `({ .. })`.
struct Block : Stmt {
  explicit Block(Loc W) : Stmt(StmtKind::Block, W) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Block; }
  std::unique_ptr<Scope> Body;
  /// What its last statement makes; lives to the end of the full-expression.
  std::optional<VarId> Result;
};

/// Steps of one full-expression with an await in it, in order of evaluation:
/// Make, Wait, Branch, Block, and Opaque texts. Its temporaries are destroyed,
/// last first, after the consumer.
struct FullExpr : Stmt {
  explicit FullExpr(Loc W) : Stmt(StmtKind::FullExpr, W) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::FullExpr; }
  std::vector<StmtPtr> Steps;
  StmtPtr Consumer; ///< Opaque, Declare, Assign, or a block's result.
};

struct If : Stmt {
  If(Loc W, Text C) : Stmt(StmtKind::If, W), Cond(std::move(C)) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::If; }
  Text Cond;
  std::unique_ptr<Scope> Then, Else; ///< Else may be null.
  /// `if constexpr` in a template: as for a try block, no jump may enter an
  /// arm, and each is resumed from its front. Else's is the next.
  std::optional<TryId> Front;
};

struct Loop : Stmt {
  enum class Kind { While, Do, For };
  Loop(Loc W, Kind K, LoopId Id) : Stmt(StmtKind::Loop, W), LK(K), Id(Id) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Loop; }
  Kind LK;
  LoopId Id;
  Text Cond;     ///< Empty: true.
  Loc CondWhere; ///< Do only.
  Text Advance;  ///< For only.
  std::unique_ptr<Scope> Body;
  /// What runs after the body and after each `continue`; may be null.
  std::unique_ptr<Scope> Tail;
  /// The part of Body that `continue` leaves, when that is not all of it: a
  /// for loop's condition variable outlives its advance.
  const Scope *Repeated = nullptr;

  const Scope &repeated() const { return Repeated ? *Repeated : *Body; }
};

/// The body is entered at the case labels in it, and left like a loop.
struct Switch : Stmt {
  Switch(Loc W, Text C, LoopId Id)
      : Stmt(StmtKind::Switch, W), Cond(std::move(C)), Id(Id) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Switch; }
  Text Cond;
  LoopId Id;
  std::unique_ptr<Scope> Body;
};

/// `case 1:`, `default:` or `retry:`, before the statement that it labels.
struct Label : Stmt {
  Label(Loc W, Text T) : Stmt(StmtKind::Label, W), T(std::move(T)) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Label; }
  Text T;
  std::optional<LabelId> Target; ///< Jumps name it by this number.
};

struct Try : Stmt {
  Try(Loc W, TryId Id) : Stmt(StmtKind::Try, W), Id(Id) {}
  static bool classof(const Stmt *S) { return S->K == StmtKind::Try; }
  TryId Id;
  std::unique_ptr<Scope> Body;
  std::vector<std::unique_ptr<Opaque>> Handlers; ///< `catch (..) {..}` each.
};

/// A function that makes an object whose type has no other name.
struct Maker {
  std::string Name;
  std::vector<VarId> Arguments; ///< The variables that Made uses.
  Text Made;                    ///< What it returns, in the user's own words.
  std::vector<Text> Constants;  ///< Declarations of what Made uses.
  bool OnlyForType = false;     ///< Nobody calls it.
  /// Made means something only under these, the outermost first: those of the
  /// arms of `if constexpr` around the variable.
  std::vector<Text> Conditions;
};

/// One async function, from the opening to the closing brace.
struct Body {
  std::vector<Variable> Vars;
  std::unique_ptr<Scope> Top;
  unsigned NumParams = 0; ///< Vars[0, NumParams) are the parameters.
  unsigned NumYields = 0; ///< Among the awaits: those that poll nothing.
  unsigned NumAwaits = 0, NumTries = 0, NumLabels = 0;
  unsigned NumLoops = 0; ///< And switches.
  Text Output;           ///< The output type.
  Text Future;           ///< `coro::future<output type>`
  /// Names for types, which stand in front of the struct.
  std::vector<std::string> TypeNames;
  bool OutputIsVoid = false;
  bool OutputMayBeVoid = false; ///< Only an instantiation knows.
  /// It yields items, and co_return has no value: Output is an optional item.
  bool IsSequence = false;
  std::vector<Maker> Makers;
  /// The parameter packs, and what the body calls their elements. (Their own
  /// names are still those of the function's parameters, in types.)
  struct Pack {
    VarId Var;
    std::string Elements;
    bool IsUsed = false;
  };
  std::vector<Pack> Packs;
  /// Local classes that become the struct's own, and what these are called.
  std::vector<std::string> Types, OwnTypeNames;
  std::vector<Loc> TypesWhere; ///< Of Types.
  /// Identifiers of the source that a new name must not collide with, and
  /// those among them that name something outside the function.
  std::vector<std::string> UsedNames, ForeignNames;
  /// What the variables are called that are declared in texts, and are none of
  /// Vars.
  std::vector<std::string> NamesInTexts;
};

/// True when \p S waits somewhere.
bool hasAwait(const Stmt &S);
/// True when a jump may lead into \p S: it waits, or there is a label in it.
bool hasEntry(const Stmt &S);

/// Visits the texts of \p S itself and the statements in it, in the order in
/// which they stand. (What a handler of a try block says is a text of that.)
void forEachPart(const Stmt &S, llvm::function_ref<void(const Text &)> OnText,
                 llvm::function_ref<void(const Stmt &)> OnStmt);

/// Visits each text of \p A. \p TakesValue: the awaited value is in it.
void forEachText(const Await &A,
                 llvm::function_ref<void(const Text &, bool TakesValue)> Visit);

} // namespace coroexpand::ir

#endif
