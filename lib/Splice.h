//===- Splice.h - expansions in place of their functions ------------------===//
//
//   the files, [Expansion]  --clang-format or #lines-->  text, SourceMap
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SPLICE_H
#define COROEXPAND_SPLICE_H

#include "IR/Emitted.h"
#include "IR/Files.h"
#include "IR/Signature.h"
#include "Lines.h"

#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace coroexpand {

struct Expansion {
  const ir::Signature &Function;
  EmittedFunction Code;
};

/// Which bytes of the main file have become which bytes of the text. Whatever
/// is in no entry is the same in both.
struct SourceMap {
  struct Entry {
    ir::FileSpan Source, Expansion;
  };
  std::vector<Entry> Entries; ///< In order.
};

struct Spliced {
  std::string Text;
  SourceMap Map;
};

/// The main file with the text of each function replaced, formatted, with the
/// definitions that stand elsewhere, and with the files that take the place of
/// their directives, treated alike; every other byte stays what it is.
/// Expansions end their lines as their file does. Those of files that have no
/// place are left out. In a file with a name for `#line`s, the expansions have
/// these instead of a form, and Places knows where what they name stands.
Spliced splice(const ir::SourceFiles &Files,
               const std::vector<Expansion> &Expansions, LinePlaces Places);

/// One expansion on its own, formatted.
std::string formatted(const Emitted &Code);

/// A line for each entry: `3:1-7:2 -> 3:1-40:2`, lines and columns from 1.
void print(const SourceMap &Map, const std::string &File,
           const std::string &Text, llvm::raw_ostream &OS);

} // namespace coroexpand

#endif
