//===- MemberTypes.h - whether the frame's members have their types -------===//
//
//   [MemberType], the expansion  --clang-->  errors
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_MEMBERTYPES_H
#define COROEXPAND_MEMBERTYPES_H

#include "Source/Parse.h"

#include "clang/AST/Type.h"

#include <optional>
#include <string>
#include <vector>

namespace coroexpand {

/// Of which type a member of a future's struct has to be.
struct MemberType {
  std::string Struct, Member, Type;
};

/// What a member of \p Struct has to be that holds something of type \p T.
/// Nothing where that may be another type, or be called otherwise, in the
/// expansion: a part of it is a future, depends on an instantiation, or is
/// local to a function.
std::optional<MemberType> memberOfType(std::string Struct, std::string Member,
                                       clang::QualType T);

/// Parses \p Expansion and reports members that have other types, and those
/// that are not there. False when there was any, or when clang finds errors.
bool checkMemberTypes(const std::vector<MemberType> &Wanted,
                      const ParseRequest &Expansion);

} // namespace coroexpand

#endif
