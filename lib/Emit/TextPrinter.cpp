#include "Emit/TextPrinter.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace coroexpand {

using Return = ir::Piece::Return;

std::string TextPrinter::at(std::uint32_t Where) const {
  return Marks && Where ? mark::Begin + std::to_string(Where) + mark::End : "";
}

std::string TextPrinter::lineNumber(std::uint32_t Where) {
  return mark::Number + std::to_string(Where) + mark::End;
}

std::string TextPrinter::source(llvm::StringRef Text) const {
  std::string Result = Text.str();
  if (Marks)
    std::replace(Result.begin(), Result.end(), '\n', mark::SourceLine);
  return Result;
}

std::string TextPrinter::ready() const {
  return Body.IsSequence ? library(ir::LibraryName::Ended) + "<output_type>()"
                         : library(ir::LibraryName::Ready) + "()";
}

std::string TextPrinter::returnOpen(const ir::Piece &P) const {
  std::string Ready = "return " + library(ir::LibraryName::Ready);
  std::string Moved = library(ir::LibraryName::Move) + "(";
  switch (P.Operand) {
  case Return::Nothing:
    return "return " + ready();
  case Return::Void:
  case Return::MaybeVoid:
    return "return";
  case Return::Exact:
    return Ready + "(";
  case Return::Converted:
    return Ready + "<output_type>(";
  case Return::Moved:
    return Ready + "<output_type>(" + Moved;
  case Return::MovedExact:
    return Ready + "(" + Moved;
  case Return::Forwarded:
    return Ready + "<output_type>(" + library(ir::LibraryName::Forward) +
           "<decltype(" + name(P.Id) + ")>(";
  }
  return "";
}

std::string TextPrinter::returnClose(Return Operand) const {
  switch (Operand) {
  case Return::Nothing:
    return "";
  case Return::Void:
    return ", " + ready();
  case Return::MaybeVoid:
    return ", " + library(ir::LibraryName::Returned) + "<output_type>()";
  case Return::Exact:
  case Return::Converted:
    return ")";
  case Return::Moved:
  case Return::MovedExact:
  case Return::Forwarded:
    return "))";
  }
  return "";
}

bool TextPrinter::inStruct(ir::VarId Id) const {
  const ir::Variable &V = Body.Vars[Id];
  if (V.R == ir::Variable::Role::Binding)
    return inStruct(V.Of);
  return Plan.Vars[Id].Where == Home::Frame ||
         Plan.Vars[Id].Where == Home::Parameter;
}

bool TextPrinter::isElsewhere(ir::VarId Id) const {
  return inStruct(Id) || Plan.Vars[Id].Where == Home::Static;
}

bool TextPrinter::isPointer(ir::VarId Id) const {
  return Body.Vars[Id].Reference && Plan.Vars[Id].Where == Home::Frame;
}

std::string TextPrinter::destroy(ir::VarId Id) const {
  const ir::Variable &V = Body.Vars[Id];
  std::string End = V.Slot ? name(V.Slot->States) + ".destroy<" +
                                 std::to_string(V.Slot->Number) + ">"
                           : library(ir::LibraryName::Destroy);
  End += "(" + name(Id) + ");";
  std::optional<ir::VarId> Flag = V.Flag;
  return Flag ? "if (" + name(*Flag) + ") " + End : End;
}

std::string TextPrinter::unwind(const std::string &From, Level Target) const {
  return Plan.Unwind + "(" + From +
         (Plan.UnwindsPartly ? ", " + std::to_string(Target) : "") + ");";
}

std::string TextPrinter::unwindTo(Level Target) const {
  return unwind(Plan.Live, Target) +
         (Plan.UnwindMayThrow
              ? "" // It counts by itself.
              : " " + Plan.Live + " = " + std::to_string(Target) + ";");
}

std::string TextPrinter::use(ir::VarId Id) const {
  return print(ir::Text().append(ir::use(Id)));
}

std::string TextPrinter::print(const ir::Text &T,
                               const std::string &Value) const {
  return run(T, Value, "");
}

std::string TextPrinter::declare(const ir::Text &T,
                                 const std::string &Name) const {
  return run(T, "", Name);
}

std::string TextPrinter::inMaker(const ir::Text &T) const {
  std::string Result;
  for (const ir::Piece &P : T)
    switch (P.K) {
    case ir::Piece::Kind::Use:
      Result += makerName(P.Id);
      break;
    case ir::Piece::Kind::Capture:
    case ir::Piece::Kind::CaptureAlso: {
      bool Also = P.K == ir::Piece::Kind::CaptureAlso;
      // What is static can't be captured, but copied or referred to.
      bool IsConstant = Body.Vars[P.Id].R == ir::Variable::Role::Constant;
      if (makerName(P.Id) != nameAsWritten(P.Id) || (IsConstant && !Also))
        Result += (Also ? ", " : "") + P.Text + " = " + makerName(P.Id);
      else if (!Also)
        Result += P.Text;
      break;
    }
    case ir::Piece::Kind::Library:
      Result += library(static_cast<ir::LibraryName>(P.Id));
      break;
    case ir::Piece::Kind::Macro:
      Result += inMaker(P.Macro->Expanded);
      break;
    default:
      Result += source(P.Text); // Verbatim, a member's dot.
    }
  return Result;
}

const std::string &TextPrinter::makerName(ir::VarId Id) const {
  return Plan.MakerNames.find(Id)->second;
}

const std::string &TextPrinter::nameAsWritten(ir::VarId Id) const {
  const ir::Variable &V = Body.Vars[Id];
  return V.R == ir::Variable::Role::Temporary ? name(Id) : V.Name;
}

std::string TextPrinter::capture(const ir::Piece &P) const {
  bool Also = P.K == ir::Piece::Kind::CaptureAlso;
  if (!(Also ? inStruct(P.Id) : isElsewhere(P.Id)))
    return Also ? "" : P.Text;
  return (Also ? ", " : "") + P.Text + " = " + use(P.Id);
}

bool TextPrinter::isAsWritten(const ir::Piece &P) const {
  switch (P.K) {
  case ir::Piece::Kind::Use:
    return Body.Vars[P.Id].HandedOn != ir::Variable::Handing::Pack &&
           name(P.Id) == nameAsWritten(P.Id) && !isPointer(P.Id) &&
           !(Body.Vars[P.Id].R == ir::Variable::Role::Binding &&
             inStruct(P.Id));
  case ir::Piece::Kind::Member:
    return !isPointer(P.Id);
  case ir::Piece::Kind::Capture:
    return !isElsewhere(P.Id);
  case ir::Piece::Kind::CaptureAlso:
    return !inStruct(P.Id);
  case ir::Piece::Kind::InStruct:
    return !isElsewhere(P.Id);
  case ir::Piece::Kind::Continue:
    return Plan.Loops[P.Id].ContinueLabel.empty();
  default:
    return P.K == ir::Piece::Kind::Verbatim;
  }
}

std::string TextPrinter::macro(const ir::Piece &P,
                               const std::string &Value) const {
  const ir::Invocation &M = *P.Macro;
  auto AsWritten = [&](const ir::Piece &Part) { return isAsWritten(Part); };
  if (!M.Changed && llvm::all_of(M.Expanded, AsWritten))
    return source(P.Text);
  // A comma would make two arguments of one.
  auto Commas = [](llvm::StringRef Text) { return Text.count(','); };
  std::string Edited = print(M.Edited, Value);
  if (!Edited.empty() && Commas(Edited) == Commas(P.Text))
    return Edited;
  return print(M.Expanded, Value);
}

std::string TextPrinter::run(const ir::Text &T, const std::string &Value,
                             const std::string &Name) const {
  std::string Result;
  auto Pointer = [&](const std::string &Spelled) {
    if (llvm::StringRef(Result).ends_with("/"))
      Result += " "; // Not the start of a comment.
    Result += Spelled;
  };
  bool Arrow = false; // The last piece was a pointer with a member after it.
  for (auto P = T.begin(), End = T.end(); P != End; ++P) {
    switch (P->K) {
    case ir::Piece::Kind::Verbatim:
      Result += source(P->Text);
      break;
    case ir::Piece::Kind::Use: {
      const ir::Variable &V = Body.Vars[P->Id];
      bool Member = std::next(P) != End &&
                    std::next(P)->K == ir::Piece::Kind::Member &&
                    std::next(P)->Id == P->Id;
      Arrow = false;
      bool IsPack = V.HandedOn == ir::Variable::Handing::Pack;
      if (IsPack || (V.R == ir::Variable::Role::Binding && inStruct(P->Id))) {
        Result += print(V.Access);
      } else if (!isPointer(P->Id)) {
        Result += name(P->Id);
      } else if (Member) {
        Result += name(P->Id);
        Arrow = true;
      } else {
        Pointer(P->Postfix ? "(*" + name(P->Id) + ")" : "*" + name(P->Id));
      }
      break;
    }
    case ir::Piece::Kind::Member:
      Result += Arrow ? "->" : ".";
      Arrow = false;
      break;
    case ir::Piece::Kind::Capture:
    case ir::Piece::Kind::CaptureAlso:
      Result += capture(*P);
      break;
    case ir::Piece::Kind::Value:
      Result += Value;
      break;
    case ir::Piece::Kind::Macro:
      Result += macro(*P, Value);
      break;
    case ir::Piece::Kind::Declared:
      Result += Name;
      break;
    case ir::Piece::Kind::Name:
      Result += P->Text;
      break;
    case ir::Piece::Kind::Lambda:
      break;
    case ir::Piece::Kind::InStruct:
      Result += isElsewhere(P->Id) ? print(P->Macro->Expanded) : P->Text;
      break;
    case ir::Piece::Kind::Library:
      Result += library(static_cast<ir::LibraryName>(P->Id));
      break;
    case ir::Piece::Kind::ReturnOpen:
      Result += returnOpen(*P);
      break;
    case ir::Piece::Kind::ReturnClose:
      Result += returnClose(P->Operand);
      break;
    case ir::Piece::Kind::Continue:
      Result += Plan.Loops[P->Id].ContinueLabel.empty()
                    ? "continue"
                    : "goto " + Plan.Loops[P->Id].ContinueLabel;
      break;
    }
    Result += at(P->Behind);
  }
  return Result;
}

} // namespace coroexpand
