//===- Emitted.h - the text of an expansion -------------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_EMITTED_H
#define COROEXPAND_IR_EMITTED_H

#include <string>
#include <utility>
#include <vector>

namespace coroexpand {

/// In an expansion for a compiler, which line of the source its lines are: they
/// become `#line`s. The source's own text goes on with its lines, and all that
/// is made between is of the line that is named last.
namespace mark {
/// Around a clang::SourceLocation in digits, from where the text comes.
constexpr char Begin = '\1', End = '\2';
constexpr char Number =
    '\5'; ///< The same, to be printed as that line's number.
constexpr char SourceLine = '\3'; ///< A line end that the source has too.
constexpr char MadeLine = '\4';   ///< One of an expansion in another one.
} // namespace mark

/// An expansion that is still to be formatted, except for some of its lines.
struct Emitted {
  std::string Text;
  /// Lines that are as they have to be: offsets of the first's beginning and of
  /// the last's end.
  std::vector<std::pair<unsigned, unsigned>> Finished;

  /// Puts \p Above in front of the text.
  void prepend(const std::string &Above) {
    Text.insert(0, Above);
    for (auto &[Begin, End] : Finished) {
      Begin += Above.size();
      End += Above.size();
    }
  }
};

/// What becomes of a function.
struct EmittedFunction {
  Emitted InPlace;    ///< Where it stood.
  Emitted Definition; ///< Where its struct is defined, if that is elsewhere.
  /// What its macros make besides it stands around it.
  std::string Front = {}, Back = {};
};

} // namespace coroexpand

#endif
