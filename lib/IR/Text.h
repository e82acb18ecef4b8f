//===- Text.h - user text with the few places a lowering may touch --------===//
//
//   raw source  --Source/Fragments-->  Text  --Emit/TextPrinter-->  C++ text
//
// A Text is a run of the user's own characters, cut at the places whose
// spelling depends on the frame plan: uses of variables, `co_return`,
// `continue`, and the value of the await that the text consumes.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_TEXT_H
#define COROEXPAND_IR_TEXT_H

#include "IR/LibraryNames.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace coroexpand::ir {

using VarId = unsigned;
using LoopId = unsigned;

struct Invocation;

struct Piece {
  enum class Kind {
    Verbatim,    ///< Text, as the user wrote it (or as the builder spells it).
    Use,         ///< A use of variable Id.
    Member,      ///< The `.` after a use of variable Id.
    Capture,     ///< Variable Id, called Text, in a capture list.
    CaptureAlso, ///< The same, captured under a default: `, x = x`. Text may
                 ///< be `&x`.
    Value,       ///< The value of the await that this text consumes.
    Declared,    ///< In a type: where the declared name stands.
    Library,     ///< The name of the libraries with number Id.
    Name,        ///< In a type: a name, qualified as far as it needs to be.
    ReturnOpen,  ///< `co_return` (see Return below).
    ReturnClose, ///< The end of co_return's operand.
    Continue,    ///< `continue` of loop Id.
    Macro,       ///< Invocation Macro, written Text, with an edit inside.
    Lambda,      ///< A lambda begins here; nothing to print.
    InStruct,    ///< Text, or Macro's Expanded where variable Id is a member of
                 ///< the struct, or static.
  };
  enum class Return {
    Nothing,
    Void,
    Exact,
    Converted,
    Moved,
    MovedExact,
    Forwarded,
    MaybeVoid
  };

  Kind K;
  std::string Text;
  unsigned Id;
  /// Use: the use is the operand of a postfix operator, so that a spelling
  /// such as `*r` needs parentheses.
  bool Postfix;
  /// ReturnOpen, ReturnClose: what the operand is. Exact: of the output type;
  /// Moved: a variable that co_return moves from; Forwarded: variable Id, if an
  /// instantiation says so; Void: an expression of type void.
  Return Operand = Return::Nothing;
  std::shared_ptr<const Invocation> Macro = nullptr;
  /// Where the source goes on behind the piece, when that is on another line
  /// than its text ends on: a clang::SourceLocation.
  std::uint32_t Behind = 0;

  Piece(Kind K, std::string Text = "", unsigned Id = 0, bool Postfix = false)
      : K(K), Text(std::move(Text)), Id(Id), Postfix(Postfix) {}
};

/// Pieces in order; adjacent verbatim pieces are kept merged, unless the source
/// goes on elsewhere between them.
class Text {
public:
  Text() = default;
  Text(std::string Verbatim) { append(std::move(Verbatim)); }
  Text(const char *Verbatim) { append(Verbatim); }
  Text(LibraryName N) { append(N); }

  Text &append(std::string Verbatim) {
    if (Verbatim.empty())
      return *this;
    if (!Pieces.empty() && Pieces.back().K == Piece::Kind::Verbatim &&
        Pieces.back().Behind == 0)
      Pieces.back().Text += Verbatim;
    else
      Pieces.push_back({Piece::Kind::Verbatim, std::move(Verbatim)});
    return *this;
  }
  Text &append(const char *Verbatim) { return append(std::string(Verbatim)); }
  Text &append(Piece P) {
    if (P.K != Piece::Kind::Verbatim) {
      Pieces.push_back(std::move(P));
      return *this;
    }
    append(std::move(P.Text));
    return P.Behind ? goOnAt(P.Behind) : *this;
  }
  Text &append(LibraryName N) {
    return append({Piece::Kind::Library, "", static_cast<unsigned>(N)});
  }
  Text &append(const Text &Other) {
    for (const Piece &P : Other.Pieces)
      append(P);
    return *this;
  }

  /// What is appended next comes from another line of the source.
  Text &goOnAt(std::uint32_t Behind) {
    if (!Pieces.empty())
      Pieces.back().Behind = Behind;
    return *this;
  }

  bool empty() const { return Pieces.empty(); }
  auto begin() const { return Pieces.begin(); }
  auto end() const { return Pieces.end(); }

private:
  std::vector<Piece> Pieces;
};

/// The ways to print a macro invocation; which one it is depends on what its
/// edits become under the frame plan:
///
///   CHECK(x.y)       as written: they all print as what they replace
///   CHECK(x->y)      Edited: one does not
///   (x->y || die())  Expanded: one does not, and is no part of an argument
struct Invocation {
  Text Expanded;
  /// The invocation, edited. Empty when that would not expand to Expanded:
  /// something edited comes out of the macro itself, or out of an argument that
  /// is used more than once, made a string, or pasted.
  Text Edited;
  /// An edit in it has one spelling, and it is another than the source's.
  bool Changed = false;
};

/// \p Visit each piece of \p T, and of what its macros expand to.
template <typename Fn> void forEachPiece(const Text &T, const Fn &Visit) {
  for (const Piece &P : T) {
    Visit(P);
    if (P.Macro)
      forEachPiece(P.Macro->Expanded, Visit);
  }
}

/// The variables that \p T uses, in the expansions of its macros too.
inline std::vector<VarId> variablesIn(const Text &T) {
  std::vector<VarId> Result;
  forEachPiece(T, [&](const Piece &P) {
    using Kind = Piece::Kind;
    if (P.K == Kind::Use || P.K == Kind::Capture || P.K == Kind::CaptureAlso)
      Result.push_back(P.Id);
  });
  return Result;
}

inline Piece use(VarId Id, bool Postfix = false) {
  return {Piece::Kind::Use, "", Id, Postfix};
}
/// `std::move(what)`
inline Text moved(const Text &What) {
  return Text(LibraryName::Move).append("(").append(What).append(")");
}
inline Piece member(VarId Id) { return {Piece::Kind::Member, ".", Id}; }
inline Piece awaitedValue() { return {Piece::Kind::Value}; }
inline Piece name(std::string Qualified) {
  return {Piece::Kind::Name, std::move(Qualified)};
}
inline Piece inStruct(VarId Id, std::string Else, Text Then) {
  Piece Result{Piece::Kind::InStruct, std::move(Else), Id};
  Result.Macro = std::make_shared<Invocation>(Invocation{std::move(Then), {}});
  return Result;
}
inline Piece declaredName() { return {Piece::Kind::Declared}; }

} // namespace coroexpand::ir

#endif
