//===- Signature.h - the declaration around a body ------------------------===//
//
//   CORO_ASYNC static coro::future<int> f(int n = 1) { .. }
//              `-----  Declaration, $ for the type ----'
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_SIGNATURE_H
#define COROEXPAND_IR_SIGNATURE_H

#include "IR/Files.h"
#include "IR/Text.h"

#include <string>
#include <vector>

namespace coroexpand::ir {

/// Where the struct of a function stands.
enum class Site {
  Before,      ///< In front of the function.
  Inside,      ///< In the function, as a local class.
  EndOfClass,  ///< A member of the function's class, the last thing in it.
  BehindClass, ///< .. defined behind the class that is around all others.
};

struct Signature {
  /// Where its declaration begins and its name stands; for `#line`s.
  std::uint32_t Begin = 0, Where = 0;
  std::string StructName; ///< `f_future`
  /// From behind CORO_ASYNC to before the body, with the Declared piece in
  /// place of the return type.
  Text Declaration;
  /// The same without default arguments, for a function that is declared
  /// again because it calls itself.
  Text Redeclaration;
  Text Budget;     ///< How many bytes the struct may take; empty: any number.
  FileId File = 0; ///< Where the function stands.
  FileSpan Span;   ///< The comment above, CORO_ASYNC, to the closing brace.
  std::string Doc; ///< The comment above it, in lines.
  std::vector<std::string> Comments; ///< All others in the span.
  /// What macros that the definition begins and ends in make besides it.
  std::string MacroFront, MacroBack;
  Site Struct = Site::Before;
  /// BehindClass: `session::`, and how the factory's definition begins there:
  /// without `static`, default arguments and what else only the class may say.
  std::string Scope;
  Text Definition;
  /// EndOfClass, BehindClass: where the struct is defined.
  FileId DefinitionFile = 0;
  unsigned DefinitionAt = 0;
  /// EndOfClass: the struct's access, `public`, and what holds there so far.
  std::string Access, AccessBefore;
  bool IsLambda = false;    ///< An expression, not a declaration.
  bool IsTemplated = false; ///< A template, or a part of one.
  bool Erased = false;      ///< Returns the boxed coro::future<T>.
  bool Internal = false;    ///< Its struct must not be seen by other files.
  bool OnlyHere = false;    ///< No other file can call it once lowered.
  bool NobodyCalls = false; ///< Nothing in this file does, and others could.
  bool CallsItself = false; ///< And returns its concrete future.
  /// A namespace around the function has one of its own called coro or std.
  bool HidesTopLevel = false;
};

} // namespace coroexpand::ir

#endif
