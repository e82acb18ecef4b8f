//===- Sites.h - where the structs of member functions stand -------------===//
//
//   [AsyncFunction] in source order --site--> in order of definition
//
// The struct of a function that is defined in its class is a member of that
// class. Its definition follows the class around all others, where all of these
// are complete. What stays in the class and calls the function needs the struct
// complete at the end of the class: then it is the last thing in there.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_SITES_H
#define COROEXPAND_SOURCE_SITES_H

#include "Source/AsyncFunction.h"

namespace clang {
class ASTContext;
}

namespace coroexpand {

/// \p Found with a place for each struct. A function whose struct could be at
/// neither place is erased, its struct a local class.
AsyncFunctions sited(const AsyncFunctions &Found, clang::ASTContext &Context);

/// The class that is around all other classes around \p Class, in the source.
const clang::CXXRecordDecl *outermost(const clang::CXXRecordDecl *Class);

/// The class that \p F is a member of; null for what is none.
const clang::CXXRecordDecl *classOf(const AsyncFunction &F);

} // namespace coroexpand

#endif
