//===- Workplace.h - where an expansion lies while it is compiled ---------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAUNCHER_WORKPLACE_H
#define COROEXPAND_LAUNCHER_WORKPLACE_H

#include <string>

namespace coroexpand::launcher {

/// The files of one expansion: nothing is left of them unless they are kept,
/// and nobody else works at the same place meanwhile.
class Workplace {
public:
  /// Beside \p Object: `main.o.lowered.cpp`. The same place each time, so that
  /// ccache knows it again.
  static Workplace beside(const std::string &Object, bool Keep);
  /// In a folder of its own, where the expansion of \p Source has its name.
  static Workplace apart(const std::string &Source);

  Workplace(Workplace &&Other) noexcept;
  ~Workplace();

  /// Says why not where it is no place to work at.
  bool isReady() const;

  const std::string &expansion() const { return Expansion; }
  std::string dependencies() const { return Expansion + ".d"; }

private:
  Workplace() = default;
  void lock();

  std::string Expansion;
  std::string Folder;   ///< That goes with the expansion.
  std::string LockFile; ///< That keeps others out.
  int Lock = -1;
  bool Keeps = false;
  std::string Problem;
};

} // namespace coroexpand::launcher

#endif
