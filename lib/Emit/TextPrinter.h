//===- TextPrinter.h - Text as C++, under a frame plan --------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_TEXTPRINTER_H
#define COROEXPAND_EMIT_TEXTPRINTER_H

#include "IR/Emitted.h"
#include "IR/FramePlan.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace coroexpand {

class TextPrinter {
public:
  /// \p HidesTopLevel: a nearer namespace has one called coro or std.
  /// \p Marks: all that is printed says which line it comes from
  /// (IR/Emitted.h).
  TextPrinter(const ir::Body &Body, const FramePlan &Plan, bool HidesTopLevel,
              bool Marks)
      : Body(Body), Plan(Plan), FromTop(HidesTopLevel ? "::" : ""),
        Marks(Marks) {}

  bool marksLines() const { return Marks; }
  /// What follows is of this line of the source.
  std::string at(std::uint32_t Where) const;
  /// The number of that line.
  static std::string lineNumber(std::uint32_t Where);
  /// Text of the source, as its lines are.
  std::string source(llvm::StringRef Text) const;

  /// The end of a future that has no value, or of what yields: `coro::ready()`.
  std::string ready() const;

  /// \p Value is what an awaited value is spelled as.
  std::string print(const ir::Text &T, const std::string &Value = "") const;
  /// A declaration or a type, with \p Name where the declared name stands.
  std::string declare(const ir::Text &T, const std::string &Name) const;
  /// As part of a maker, whose parameters the variables are.
  std::string inMaker(const ir::Text &T) const;
  const std::string &makerName(ir::VarId Id) const;
  /// The user's name of \p Id; temporaries have none but the planned one.
  const std::string &nameAsWritten(ir::VarId Id) const;
  /// A use of variable \p Id on its own.
  std::string use(ir::VarId Id) const;

  std::string library(ir::LibraryName N) const { return FromTop + spelled(N); }
  /// `coro::destroy(x);`
  std::string destroy(ir::VarId Id) const;
  /// `unwind_to(live, 2);`, from the newest live object \p From.
  std::string unwind(const std::string &From, Level Target) const;
  /// The same in poll, which goes on: `unwind_to(live, 2); live = 2;`
  std::string unwindTo(Level Target) const;

  /// True when \p Id is a pointer in the struct that stands for a reference.
  bool isPointer(ir::VarId Id) const;
  const std::string &name(ir::VarId Id) const {
    return llvm::is_contained(Copied, Id) ? Plan.Vars[Id].Copy
                                          : Plan.Vars[Id].Name;
  }
  /// Prints the copies of \p Ids on the stack instead of these.
  TextPrinter withCopies(llvm::ArrayRef<ir::VarId> Ids) const {
    TextPrinter Result = *this;
    Result.Copied = Ids;
    return Result;
  }

private:
  std::string run(const ir::Text &T, const std::string &Value,
                  const std::string &Name) const;
  std::string capture(const ir::Piece &P) const;
  std::string returnOpen(const ir::Piece &P) const;
  std::string returnClose(ir::Piece::Return Operand) const;
  bool inStruct(ir::VarId Id) const;
  /// It's a member of the struct, or static: not a variable of the function.
  bool isElsewhere(ir::VarId Id) const;
  /// \p P prints as what it replaces.
  bool isAsWritten(const ir::Piece &P) const;
  std::string macro(const ir::Piece &P, const std::string &Value) const;

  const ir::Body &Body;
  const FramePlan &Plan;
  std::string FromTop; ///< Before a name of the libraries.
  llvm::ArrayRef<ir::VarId> Copied;
  bool Marks;
};

} // namespace coroexpand

#endif
