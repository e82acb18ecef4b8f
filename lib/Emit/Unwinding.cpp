#include "Emit/Unwinding.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace coroexpand {
namespace {

/// What \p Does does for the level that is live where the future waits.
std::string whereItWaits(const FramePlan &Plan,
                         llvm::function_ref<std::string(Level)> Does) {
  Level First = Plan.Awaits.front().Live;
  if (Plan.Start == 0 && llvm::all_of(Plan.Awaits, [&](const AwaitPlan &A) {
        return A.Live == First;
      })) {
    if (First == 0)
      return "";
    std::string Waits = Plan.Awaits.size() == 1
                            ? ".is_at(" + Plan.Awaits.front().State + ")"
                            : ".is_suspended()";
    return "if (" + Plan.State + Waits + ") " + Does(First) + "\n";
  }
  std::map<Level, std::string> Cases; // By level: `case awaiting_g: `
  for (const AwaitPlan &A : Plan.Awaits)
    if (A.Live > 0)
      Cases[A.Live] += "case " + A.State + ": ";
  if (Plan.Start > 0 && Cases.empty())
    return "if (!" + Plan.State + ".has_started()) " + Does(Plan.Start) + "\n";
  std::string Result = "switch (" + Plan.State + ".suspended_at()) {\n";
  if (Plan.Start > 0)
    Result += "case 0: " + Does(Plan.Start) + " break;  // not started\n";
  for (const auto &[Live, States] : Cases)
    Result += States + Does(Live) + " break;\n";
  return Result + "}\n";
}

/// The object of level \p L is made on top of that of the level before.
bool isNext(const FramePlan &Plan, Level L) {
  return Plan.Levels[L].Below == L - 1;
}

/// Below each object is that of the case behind its, or none.
bool isChains(const FramePlan &Plan) {
  for (Level L = 1; L < Plan.Levels.size(); ++L)
    if (Plan.Levels[L].Below > 0 && !isNext(Plan, L))
      return false;
  return true;
}

/// `coro::destroy(bytes);`, or `live = 1; coro::destroy(bytes);`
std::string ending(const FramePlan &Plan, const TextPrinter &Print, Level L,
                   bool Counts) {
  std::string Destroys = Print.destroy(Plan.Levels[L].Object);
  return Counts ? Plan.Live + " = " + std::to_string(Plan.Levels[L].Below) +
                      "; " + Destroys
                : Destroys;
}

std::string cases(const FramePlan &Plan, const TextPrinter &Print,
                  bool Counts) {
  std::string Result;
  for (Level L = Plan.Levels.size() - 1; L >= 1; --L) {
    bool GoesOn = !Plan.UnwindsPartly && L > 1 && isNext(Plan, L);
    Result += "      case " + std::to_string(L) + ": " +
              ending(Plan, Print, L, Counts) +
              (GoesOn ? " [[fallthrough]];\n" : " break;\n");
  }
  return Result;
}

} // namespace

std::string destructor(const std::string &Name, const FramePlan &Plan,
                       const TextPrinter &Print) {
  bool Counts = Plan.UnwindMayThrow;
  std::string Waits = whereItWaits(Plan, [&](Level Live) {
    std::string Number = std::to_string(Live);
    return Counts ? Plan.Live + " = " + Number + ";" : Print.unwind(Number, 0);
  });
  if (Counts)
    Waits = "int " + Plan.Live + " = 0;\n" + Waits +
            Print.unwind(Plan.Live, 0) + "\n";
  return "~" + Name + "() {\n" + Waits + "}\n";
}

std::string unwindFunction(const FramePlan &Plan, const TextPrinter &Print) {
  std::string Front = "  void " + Plan.Unwind + "(int" +
                      (Plan.UnwindMayThrow ? "& " : " ") + Plan.Live +
                      (Plan.UnwindsPartly ? ", int " + Plan.LevelName : "") +
                      ") {\n    ";
  std::string Condition =
      Plan.Live + " > " + (Plan.UnwindsPartly ? Plan.LevelName : "0");
  if (Plan.Levels.size() == 2) {
    std::string End = ending(Plan, Print, 1, Plan.UnwindMayThrow);
    return Front + "if (" + Condition + ") " +
           (Plan.UnwindMayThrow ? "{ " + End + " }" : End) + "\n  }";
  }
  bool Repeats = Plan.UnwindsPartly || !isChains(Plan);
  return Front + (Repeats ? "while (" + Condition + ") " : "") + "switch (" +
         Plan.Live + ") {\n" +
         cases(Plan, Print, /*Counts=*/Repeats || Plan.UnwindMayThrow) +
         "    }\n  }";
}

} // namespace coroexpand
