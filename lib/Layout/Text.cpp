#include "Layout/FutureLayout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace coroexpand {
namespace {

using Kind = MemberLayout::Kind;

/// One future:
///
///   fetch_future: 40 bytes, aligned to 8                        fetch.cpp:12
///     offset   size  member           lives across
///          0      1  state            always
///          1      7    padding
///          8     32  host             always; a parameter
///     most at awaiting_reply (line 15): 33 bytes
///     ..
class Report {
public:
  Report(const FutureLayout &F, llvm::raw_ostream &OS) : F(F), OS(OS) {
    for (const MemberLayout &M : F.Members)
      Width = std::max(Width, M.Name.size());
  }

  void run() {
    OS << F.Struct << ": ";
    if (F.DependsOnInstantiation)
      OS << "the size depends on the instantiation";
    else
      OS << F.Size << " bytes, aligned to " << F.Align;
    OS << "  (" << F.Function << ", " << F.File << ":" << F.Line << ")\n";
    if (F.DependsOnInstantiation)
      return inTemplate();
    members();
    if (F.Suspensions.empty())
      OS << "  never suspended\n";
    else
      fullest();
    OS << "\n";
  }

private:
  void inTemplate() {
    for (const MemberLayout &M : F.Members)
      OS << "  " << llvm::left_justify(M.Name, Width) << "  " << lives(M)
         << "\n";
    OS << "\n";
  }

  void members() {
    OS << "  offset    size  " << llvm::left_justify("member", Width)
       << "  lives across\n";
    std::vector<Padding> Gaps = F.gaps();
    auto Next = Gaps.begin();
    for (const MemberLayout &M : F.Members) {
      for (; Next != Gaps.end() && Next->Offset < M.Offset; ++Next)
        padding(*Next);
      OS << llvm::format("  %6llu  %6llu  ", M.Offset, M.Size)
         << llvm::left_justify(M.Name, Width) << "  " << lives(M) << shared(M)
         << "\n";
    }
    for (; Next != Gaps.end(); ++Next)
      padding(*Next);
  }

  void padding(const Padding &G) {
    OS << llvm::format("  %6llu  %6llu  ", G.Offset, G.Size) << "(padding)\n";
  }

  std::string lives(const MemberLayout &M) const {
    std::string Result = M.K == Kind::Parameter ? "parameter: " : "";
    if (M.Across.size() == F.Suspensions.size())
      return Result + "always";
    if (M.Across.empty())
      return Result + "no suspension";
    std::vector<std::string> Names;
    for (unsigned S : M.Across)
      Names.push_back(F.Suspensions[S].Name);
    return Result + llvm::join(Names, ", ");
  }

  std::string shared(const MemberLayout &M) const {
    std::vector<std::string> Names;
    for (const MemberLayout &Other : F.Members)
      if (&Other != &M && M.overlaps(Other))
        Names.push_back(Other.Name);
    return Names.empty() ? "" : "; in the place of " + llvm::join(Names, ", ");
  }

  /// What dominates, and what would make it smaller.
  void fullest() {
    unsigned S = F.fullest();
    std::uint64_t Most = F.bytesAcross(S);
    OS << "  the most live across " << F.Suspensions[S].Name << " (line "
       << F.Suspensions[S].Line << "): " << Most << " bytes";
    if (F.Size > Most)
      OS << "; " << F.Size - Most << " more are padding, or taken by what is "
         << "not alive there";
    OS << "\n";
    const MemberLayout *Largest = largestAcross(S);
    if (!Largest)
      return;
    OS << "  of these " << Largest->Size << " are " << Largest->Name << ": "
       << advice(*Largest) << "\n";
  }

  const MemberLayout *largestAcross(unsigned S) const {
    const MemberLayout *Result = nullptr;
    for (const MemberLayout &M : F.Members)
      if (M.K != Kind::Own && llvm::is_contained(M.Across, S) &&
          (!Result || M.Size > Result->Size))
        Result = &M;
    return Result;
  }

  static const char *advice(const MemberLayout &M) {
    return M.K == Kind::Parameter
               ? "a parameter lives as long as the future; less of it, or a "
                 "reference, makes the future smaller"
               : "a shorter life (a block around it), or less of it, makes the "
                 "future smaller";
  }

  const FutureLayout &F;
  llvm::raw_ostream &OS;
  size_t Width = 6;
};

} // namespace

std::string layoutAsText(const std::vector<FutureLayout> &Futures) {
  std::string Result;
  llvm::raw_string_ostream OS(Result);
  for (const FutureLayout &F : Futures)
    Report(F, OS).run();
  return Result;
}

} // namespace coroexpand
