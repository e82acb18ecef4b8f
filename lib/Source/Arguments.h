//===- Arguments.h - a compiler's command line as one that only parses ----===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_ARGUMENTS_H
#define COROEXPAND_SOURCE_ARGUMENTS_H

#include <string>
#include <vector>

namespace coroexpand {

/// `g++`, `/usr/bin/x86_64-linux-gnu-g++-12`, `c++`: what knows flags that
/// clang does not. `clang++` is none.
bool isOtherCompiler(const std::string &Program);

/// Takes the flags that clang's driver does not know out of \p Command, whose
/// first word is the compiler, and gives them back.
std::vector<std::string> takeUnknownFlags(std::vector<std::string> &Command);

/// \p Command without what makes or uses other files than the source (objects,
/// dependencies, precompiled headers; the header that one was made of is
/// included as it is), and in which no warning is an error: whether they are is
/// for the compiler to say that builds.
std::vector<std::string> forParsing(std::vector<std::string> Command,
                                    const std::string &File);

} // namespace coroexpand

#endif
