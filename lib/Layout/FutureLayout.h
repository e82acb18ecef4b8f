//===- FutureLayout.h - how a future's struct lies in memory --------------===//
//
//   FramePlan  --describeFuture--> FutureLayout, what lives where and when
//   expansion  --measure--------->   .. with clang's sizes and offsets
//   FutureLayout  --> text, JSON;  two JSON files  --> what has changed
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAYOUT_FUTURELAYOUT_H
#define COROEXPAND_LAYOUT_FUTURELAYOUT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace coroexpand {

struct MemberLayout {
  enum class Kind {
    Own, ///< The struct's: where it stands, how much of it is alive.
    Parameter,
    Object, ///< A variable of the body, or a temporary.
  } K = Kind::Object;
  std::string Name;
  std::uint64_t Offset = 0, Size = 0, Align = 1;
  std::vector<unsigned> Across; ///< The suspensions that it lives over.

  std::uint64_t end() const { return Offset + Size; }
  bool overlaps(const MemberLayout &Other) const {
    return Offset < Other.end() && Other.Offset < end();
  }
};

/// Where the function waits.
struct Suspension {
  std::string Name;
  int Line = 0;
};

/// Bytes that no member uses.
struct Padding {
  std::uint64_t Offset, Size;
};

struct FutureLayout {
  std::string Struct, Function, File;
  int Line = 0;
  /// Only an instantiation knows sizes and offsets.
  bool DependsOnInstantiation = false;
  std::uint64_t Size = 0, Align = 1;
  std::vector<MemberLayout> Members; ///< By offset, once measured.
  std::vector<Suspension> Suspensions;

  std::vector<Padding> gaps() const;
  /// The bytes of what lives over suspension \p S.
  std::uint64_t bytesAcross(unsigned S) const;
  /// The suspension over which the most bytes live; there is one at least.
  unsigned fullest() const;
};

/// The reports of --layout.
std::string layoutAsText(const std::vector<FutureLayout> &Futures);
std::string layoutAsJson(const std::vector<FutureLayout> &Futures);

/// What layoutAsJson has made.
llvm::Expected<std::vector<FutureLayout>> layoutFromJson(llvm::StringRef Text);

/// What became of futures between two reports.
struct LayoutChange {
  std::string Text;  ///< For people; empty where nothing has changed.
  bool Grew = false; ///< One takes more than before.
};
LayoutChange compareLayouts(const std::vector<FutureLayout> &Old,
                            const std::vector<FutureLayout> &New);

} // namespace coroexpand

#endif
