#include "IR/Printer.h"

#include "llvm/Support/Casting.h"
#include "llvm/Support/raw_ostream.h"

using llvm::cast;

namespace coroexpand::ir {
namespace {

class Printer {
public:
  Printer(const Body &B, llvm::raw_ostream &OS) : B(B), OS(OS) {}

  void run() {
    OS << "body -> " << text(B.Output) << "\n";
    Depth = 1;
    for (VarId I = 0; I < B.NumParams; ++I)
      line() << "parameter " << describe(I) << "\n";
    scope(*B.Top, "scope");
  }

private:
  llvm::raw_ostream &line() { return OS.indent(Depth * 2); }

  std::string name(VarId Id) const {
    return B.Vars[Id].Name + "#" + std::to_string(Id);
  }

  std::string text(const Text &T) const {
    std::string Result;
    for (const Piece &P : T)
      switch (P.K) {
      case Piece::Kind::Verbatim:
        for (char C : P.Text)
          Result += C == '\n' ? ' ' : C;
        break;
      case Piece::Kind::Name:
        Result += P.Text;
        break;
      case Piece::Kind::Library:
        Result += spelled(static_cast<LibraryName>(P.Id));
        break;
      case Piece::Kind::Use:
        Result += "{" + name(P.Id) + "}";
        break;
      case Piece::Kind::Member:
        Result += ".";
        break;
      case Piece::Kind::Capture:
      case Piece::Kind::CaptureAlso:
        Result += "{capture " + name(P.Id) + "}";
        break;
      case Piece::Kind::Value:
        Result += "{value}";
        break;
      case Piece::Kind::Declared:
        Result += "$";
        break;
      case Piece::Kind::Lambda:
        break;
      case Piece::Kind::InStruct:
        Result += "{in struct: " + text(P.Macro->Expanded) + "}";
        break;
      case Piece::Kind::ReturnOpen:
        Result += "{co_return}";
        break;
      case Piece::Kind::ReturnClose:
        break;
      case Piece::Kind::Macro:
        Result += text(P.Macro->Expanded);
        break;
      case Piece::Kind::Continue:
        Result += "{continue loop" + std::to_string(P.Id) + "}";
        break;
      }
    return Result;
  }

  std::string describe(VarId Id) const {
    const Variable &V = B.Vars[Id];
    std::string Result = name(Id) + ": " + text(V.TypeId);
    if (V.Reference)
      Result += " (reference)";
    if (V.R == Variable::Role::Constant)
      Result += " (constant)";
    return Result;
  }

  void declarator(const char *What, const Declarator &D) {
    line() << What << " " << describe(D.Var);
    if (D.Init != Declarator::Style::None)
      OS << " = " << text(D.Value);
    OS << "\n";
  }

  void scope(const Scope &S, llvm::StringRef Title) {
    line() << Title << "\n";
    ++Depth;
    for (const StmtPtr &Child : S.Body)
      print(*Child);
    --Depth;
  }

  void print(const Stmt &S) {
    switch (S.K) {
    case StmtKind::Opaque:
      line() << "text " << text(cast<Opaque>(S).T) << "\n";
      return;
    case StmtKind::Declare:
      for (const Declarator &D : cast<Declare>(S).Vars)
        declarator("declare", D);
      return;
    case StmtKind::Assign:
      line() << "set " << name(cast<Assign>(S).Var) << " = "
             << text(cast<Assign>(S).T) << "\n";
      return;
    case StmtKind::Scope:
      return scope(cast<Scope>(S), "scope");
    case StmtKind::FullExpr:
      return fullExpr(cast<FullExpr>(S));
    case StmtKind::Make:
      return declarator(cast<Make>(S).IsResult ? "result" : "temporary",
                        cast<Make>(S).D);
    case StmtKind::Wait:
      return wait(cast<Wait>(S).A);
    case StmtKind::Branch:
      return branch(cast<Branch>(S));
    case StmtKind::Block:
      line() << "block\n";
      ++Depth;
      print(*cast<Block>(S).Body);
      --Depth;
      return;
    case StmtKind::If: {
      const If &I = cast<If>(S);
      line() << "if " << text(I.Cond) << "\n";
      ++Depth;
      scope(*I.Then, "then");
      if (I.Else)
        scope(*I.Else, "else");
      --Depth;
      return;
    }
    case StmtKind::Loop:
      return loop(cast<Loop>(S));
    case StmtKind::Switch:
      line() << "switch loop" << cast<Switch>(S).Id << " ("
             << text(cast<Switch>(S).Cond) << ")\n";
      ++Depth;
      scope(*cast<Switch>(S).Body, "body");
      --Depth;
      return;
    case StmtKind::Label:
      line() << "label " << text(cast<Label>(S).T) << "\n";
      return;
    case StmtKind::Try: {
      const Try &T = cast<Try>(S);
      scope(*T.Body, "try");
      for (const auto &Handler : T.Handlers)
        line() << "handler " << text(Handler->T) << "\n";
      return;
    }
    }
  }

  void steps(const std::vector<StmtPtr> &Steps) {
    ++Depth;
    for (const StmtPtr &Step : Steps)
      print(*Step);
    --Depth;
  }

  void fullExpr(const FullExpr &F) {
    line() << "full-expression\n";
    steps(F.Steps);
    ++Depth;
    print(*F.Consumer);
    --Depth;
  }

  void wait(const Await &A) {
    line() << (A.K == Await::Kind::One    ? "await"
               : A.K == Await::Kind::Fold ? "fold"
                                          : "join")
           << " #" << A.Id;
    forEachText(A, [&](const Text &T, bool) {
      if (!T.empty())
        OS << " " << llvm::StringRef(text(T)).rtrim('.');
    });
    OS << "\n";
  }

  void branch(const Branch &B) {
    line() << "branch " << text(B.Cond) << "\n";
    steps(B.Then);
    if (B.Else.empty())
      return;
    line() << "otherwise\n";
    steps(B.Else);
  }

  static const char *kind(Loop::Kind K) {
    switch (K) {
    case Loop::Kind::While:
      return "while";
    case Loop::Kind::Do:
      return "do-while";
    case Loop::Kind::For:
      return "for";
    }
    llvm_unreachable("all kinds are above");
  }

  void loop(const Loop &L) {
    line() << kind(L.LK) << " loop" << L.Id;
    if (!L.Cond.empty())
      OS << " (" << text(L.Cond) << ")";
    if (!L.Advance.empty())
      OS << " advance (" << text(L.Advance) << ")";
    OS << "\n";
    ++Depth;
    scope(*L.Body, "body");
    if (L.Tail)
      scope(*L.Tail, "tail");
    --Depth;
  }

  const Body &B;
  llvm::raw_ostream &OS;
  unsigned Depth = 0;
};

} // namespace

void print(const Body &B, llvm::raw_ostream &OS) { Printer(B, OS).run(); }

} // namespace coroexpand::ir
