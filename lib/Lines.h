//===- Lines.h - which line of the source a line of an expansion is of ----===//
//
//   marked text (IR/Emitted.h)  -->  text with #line directives
//
//   1   int n = co_await        #line 1 "main.cpp"
//   2       f();                  ::new (coro::place(awaited)) f_future(f());
//   3   use(n);                 awaiting_f:
//                               #line 1
//                                 auto output = awaited.poll(cx);
//                               ..
//                               #line 3
//                                 use(n);
//
// This takes the place of clang-format where an expansion is for a compiler,
// which needs the lines and not the looks.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LINES_H
#define COROEXPAND_LINES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace coroexpand {

/// A place in a source.
struct LinePlace {
  unsigned Line = 0;
  std::string Indentation; ///< Of its line.
};

/// The place of a clang::SourceLocation.
using LinePlaces = llvm::function_ref<LinePlace(std::uint32_t)>;

/// \p Marked as a compiler is to read it. \p Name is the source's, in quotes.
std::string withLines(llvm::StringRef Marked, const std::string &Name,
                      LinePlaces Places);

} // namespace coroexpand

#endif
