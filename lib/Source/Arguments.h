//===- Arguments.h - a compiler's command line as one that only parses ----===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_ARGUMENTS_H
#define COROEXPAND_SOURCE_ARGUMENTS_H

#include <string>
#include <vector>

namespace coroexpand {

/// \p Command without what makes or uses other files than the source (objects,
/// dependencies, precompiled headers; the header that one was made of is
/// included as it is), and in which no warning is an error: whether they are is
/// for the compiler to say that builds.
std::vector<std::string> forParsing(std::vector<std::string> Command,
                                    const std::string &File);

} // namespace coroexpand

#endif
