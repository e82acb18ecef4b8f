//===- MemberTypes.h - whether the frame's members have their types -------===//
//
//   [MemberType], the expansion  --clang-->  errors
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_MEMBERTYPES_H
#define COROEXPAND_MEMBERTYPES_H

#include "Source/Parse.h"

#include <string>
#include <vector>

namespace coroexpand {

/// Of which type a member of a future's struct has to be.
struct MemberType {
  std::string Struct, Member, Type;
};

/// Parses \p Expansion and reports members that have other types, and those
/// that are not there. False when there was any, or when clang finds errors.
bool checkMemberTypes(const std::vector<MemberType> &Wanted,
                      const ParseRequest &Expansion);

} // namespace coroexpand

#endif
