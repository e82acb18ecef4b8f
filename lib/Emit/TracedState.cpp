#include "Emit/TracedState.h"

#include <vector>

namespace coroexpand {
namespace {

/// In order; those of a join behind what knows what they hold.
std::vector<std::string> membersAwaited(const TextPrinter &Print,
                                        const ir::Await &A) {
  std::vector<std::string> Result;
  if (A.K == ir::Await::Kind::Yield)
    return Result;
  if (A.K == ir::Await::Kind::Join)
    Result.push_back(Print.name(A.States));
  for (const ir::Text &Operand : A.Operands)
    if (!Operand.empty() && Operand.begin()->K == ir::Piece::Kind::Use &&
        !Print.print(Operand).empty())
      Result.push_back(Print.name(Operand.begin()->Id));
  return Result;
}

} // namespace

std::string tracedLines(const FramePlan &Plan, const TextPrinter &Print,
                        llvm::ArrayRef<const ir::Wait *> Waits) {
  std::string Lines, Members;
  for (const ir::Wait *W : Waits) {
    const std::string Id = std::to_string(W->A.Id);
    Lines += (Lines.empty() ? "" : ", ") + Plan.await(W->A.Id).State + " = " +
             Print.lineNumber(W->Where.Raw);
    for (const std::string &Member : membersAwaited(Print, W->A))
      Members += (Members.empty() ? "" : ", ") + Member + "_" + Id + " = " + Id;
  }
  return "enum class " + Plan.Lines + " { " + Lines + " };\nenum class " +
         Plan.Awaited + " { " + Members + " };\n";
}

std::string tracedType(const FramePlan &Plan, const TextPrinter &Print,
                       const std::string &State) {
  return Print.library(ir::LibraryName::Traced) + "<" + State + ", " +
         Plan.States + ", " + Plan.Lines + ", " + Plan.Awaited + ">";
}

} // namespace coroexpand
