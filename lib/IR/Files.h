//===- Files.h - the files of a translation unit as text -----------------===//
//
//   main.cpp            #line 1 "main.cpp"
//   #include "a.h"      #line 1 "a.h"
//   int b;              .. what a.h holds, lowered ..
//                       #line 2 "main.cpp"
//
//                       int b;
//
// A file that defines async functions, or includes one that does, stands in
// place of the directive that includes it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_FILES_H
#define COROEXPAND_IR_FILES_H

#include <map>
#include <string>
#include <vector>

namespace coroexpand::ir {

/// Half-open, in bytes of a file.
struct FileSpan {
  unsigned Begin = 0, End = 0;
};

/// One reading of a file: what is included twice is read twice.
using FileId = unsigned;

/// A part of a file that is something else in the output.
struct Replacement {
  FileSpan Span;
  std::string With;
};

/// An `#include`, from its `#` to the end of the name, and the file in its
/// place.
struct Inclusion {
  FileSpan Span;
  FileId File;
};

struct SourceFile {
  std::string Text;
  /// `"a.h"`, where `#line`s behind expansions go on with it; or empty.
  std::string Name;
  /// What stands around an included file in the output, in lines.
  std::string Front, Back;
  std::vector<Replacement> Replaced;
  std::vector<Inclusion> InPlace;
};

struct SourceFiles {
  FileId Main = 0;
  std::map<FileId, SourceFile> Files; ///< Those of the output.
};

} // namespace coroexpand::ir

#endif
