#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/LocalNames.h"
#include "Source/Walk.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace coroexpand {

namespace {

/// \p T names something that only the body knows, or the struct.
bool usesOwnName(const Context &C, const ir::Text &T) {
  return usesLocalName(T, [&](llvm::StringRef Word, char Before) {
    return C.Locals.opens(Word, Before) || C.Locals.Names.contains(Word);
  });
}

/// Puts the declaration of constant \p Id, and before it those that it uses,
/// into \p Into. False when it can't stand there. What \p IsNamed is not, or
/// what is declared with it, may be used by types alone, which spell numbers.
bool declareConstant(const Context &C, ir::VarId Id, ir::Maker &Into,
                     std::vector<ir::VarId> &Done, bool IsNamed = true) {
  auto Known = C.Constants.find(Id);
  if (Known == C.Constants.end())
    return false;
  const auto &[First, Text] = Known->second;
  if (llvm::is_contained(Done, First))
    return true;
  Done.push_back(First);
  // `static` stands behind attributes, which only a parser tells from the rest.
  if (Text.empty() || Text.begin()->K != ir::Piece::Kind::Verbatim ||
      llvm::StringRef(Text.begin()->Text).starts_with("["))
    return false;
  if (usesOwnName(C, Text) || containsLambda(Text))
    return false;
  for (ir::VarId Used : ir::variablesIn(Text))
    if (C.Body.Vars[Used].R != ir::Variable::Role::Constant ||
        !declareConstant(C, Used, Into, Done))
      return false;
  bool Alone =
      llvm::count_if(C.Constants, [&, First = First](const auto &Each) {
        return Each.second.first == First;
      }) == 1;
  Into.Constants.push_back(
      ir::Text(Alone && IsNamed ? "static " : "[[maybe_unused]] static ")
          .append(Text));
  return true;
}

bool takesValue(const ir::Text &T) {
  bool Found = false;
  ir::forEachPiece(
      T, [&](const ir::Piece &P) { Found |= P.K == ir::Piece::Kind::Value; });
  return Found;
}

/// A name for a maker of \p V that no other has.
std::string makerName(const Context &C, const ir::Variable &V) {
  std::string Name = C.F.StructName + "_" + V.Name;
  for (const ir::Maker &Other : C.Body.Makers)
    if (Other.Name == Name)
      return Name + "_" + std::to_string(C.Body.Makers.size() + 1);
  return Name;
}

/// Makes the variables that \p T uses parameters of \p Maker, and declares the
/// constants in it. False when it can't.
bool takeVariables(const Context &C, const ir::Text &T, ir::Maker &Maker,
                   std::vector<ir::VarId> &Constants) {
  for (ir::VarId Used : ir::variablesIn(T)) {
    if (C.Body.Vars[Used].HandedOn == ir::Variable::Handing::Pack)
      return false;
    if (C.Body.Vars[Used].R == ir::Variable::Role::Constant) {
      if (!declareConstant(C, Used, Maker, Constants))
        return false;
    } else if (!llvm::is_contained(Maker.Arguments, Used)) {
      Maker.Arguments.push_back(Used);
    }
  }
  return true;
}

/// Finds the variables of the body that lambdas in an expression name: the text
/// of one that is finished does not tell them.
class NamedInLambdas : public RecursiveASTVisitor<NamedInLambdas> {
public:
  explicit NamedInLambdas(const Context &C) : C(C) {}

  llvm::SetVector<ir::VarId> Found;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (std::optional<ir::VarId> Id = C.find(E->getDecl()))
      Found.insert(*Id);
    return true;
  }

private:
  const Context &C;
};

/// Constants that lambdas in \p Init name are declared in \p Maker, and what is
/// neither a constant nor captured (of a sizeof, say) is a parameter of it.
/// False when it can't.
bool takeNamed(const Context &C, const Expr *Init, ir::Maker &Maker,
               std::vector<ir::VarId> &Done) {
  NamedInLambdas Finder(C);
  Finder.TraverseStmt(const_cast<Expr *>(Init));
  return llvm::all_of(Finder.Found, [&](ir::VarId Id) {
    const ir::Variable &V = C.Body.Vars[Id];
    if (V.R == ir::Variable::Role::Constant)
      return declareConstant(C, Id, Maker, Done, /*IsNamed=*/false);
    bool IsPart = V.R == ir::Variable::Role::Binding ||
                  V.HandedOn == ir::Variable::Handing::Pack;
    if (!IsPart && !llvm::is_contained(Maker.Arguments, Id))
      Maker.Arguments.push_back(Id);
    return true;
  });
}

/// `std::type_identity<T>()`
ir::Text typeIdentity(const ir::Text &T) {
  return ir::Text(ir::LibraryName::TypeIdentity)
      .append("<")
      .append(T)
      .append(">()");
}

/// `name(a, b)`
ir::Text callOf(const ir::Maker &Maker) {
  ir::Text Call(Maker.Name + "(");
  for (ir::VarId Id : Maker.Arguments)
    Call.append(Id == Maker.Arguments.front() ? "" : ", ").append(ir::use(Id));
  return Call.append(")");
}

/// Declarations of the body, and the names that they declare.
struct Replayed {
  struct Declaration {
    ir::Text Text;
    llvm::StringSet<> Names; ///< None of a using-directive.
  };
  std::vector<Declaration> All;
  llvm::StringSet<> Names;

  /// Those that \p Texts need.
  std::vector<ir::Text> neededBy(std::vector<ir::Text> Texts) && {
    std::vector<ir::Text> Result;
    for (Declaration &D : llvm::reverse(All)) {
      bool IsNeeded =
          D.Names.empty() || llvm::any_of(Texts, [&](const ir::Text &T) {
            return usesLocalName(T, [&](llvm::StringRef Word, char) {
              return D.Names.contains(Word);
            });
          });
      if (!IsNeeded)
        continue;
      Texts.push_back(D.Text);
      Result.insert(Result.begin(), std::move(D.Text));
    }
    return Result;
  }
};

/// The same, and \p Known does not declare it.
bool usesOther(const Context &C, const ir::Text &T, const Replayed &Known) {
  return usesLocalName(T, [&](llvm::StringRef Word, char) {
    return C.Locals.Names.contains(Word) && !Known.Names.contains(Word);
  });
}

/// The names of the types that lambdas in \p E declare.
llvm::StringSet<> declaredIn(const Expr *E) {
  llvm::StringSet<> Result;
  forEachLocalDecl(E, [&](const Decl *D) {
    if (const auto *Type = dyn_cast<TypeDecl>(D))
      Result.insert(Type->getName());
  });
  return Result;
}

/// \p S opens a namespace, or gives something another name, and means the same
/// elsewhere.
void replay(const Context &C, const DeclStmt *S, Replayed &Into) {
  bool Names = llvm::all_of(S->decls(), [](const Decl *D) {
    return isa<UsingDirectiveDecl, UsingDecl, NamespaceAliasDecl,
               TypedefNameDecl>(D);
  });
  if (!Names)
    return;
  std::string Text = C.Source.spelling(S->getSourceRange());
  if (isa<TypeAliasDecl>(*S->decl_begin()))
    Text.insert(Text.find('='), "[[maybe_unused]] ");
  else if (isa<TypedefDecl>(*S->decl_begin()))
    Text.insert(0, "[[maybe_unused]] ");
  Replayed::Declaration Own{Text, {}};
  for (const Decl *D : S->decls())
    if (const auto *Named = dyn_cast<NamedDecl>(D);
        Named && !isa<UsingDirectiveDecl>(D))
      Own.Names.insert(Named->getNameAsString());
  Replayed With = Into;
  for (const auto &Name : Own.Names)
    With.Names.insert(Name.getKey());
  if (usesOther(C, Own.Text, With))
    return;
  With.All.push_back(std::move(Own));
  Into = std::move(With);
}

/// What can be replayed of the declarations that hold at \p At.
void replayScopes(const Context &C, const Stmt *S, SourceLocation At,
                  Replayed &Into) {
  const SourceManager &SM = C.Source.sourceManager();
  bool IsBlock = isa<CompoundStmt>(S);
  forEachChild(S, [&](const Stmt *Child) {
    if (SM.isPointWithin(At, Child->getBeginLoc(), Child->getEndLoc()))
      replayScopes(C, Child, At, Into);
    else if (const auto *Declared = dyn_cast<DeclStmt>(Child);
             Declared && IsBlock &&
             SM.isBeforeInTranslationUnit(Declared->getBeginLoc(), At))
      replay(C, Declared, Into);
  });
}

/// What has to stand before \p Init, whose text is \p Value, in a function of
/// its own, where nothing else of the body is known. Nothing if that does not
/// do.
std::optional<std::vector<ir::Text>>
replayedFor(const Context &C, const Expr *Init, const ir::Text &Value) {
  // The lambdas in it, once lowered, are not in its text.
  ir::Text Written = C.Source.spelling(Init->getSourceRange());
  if (!usesOwnName(C, Value) && !usesOwnName(C, Written))
    return std::vector<ir::Text>();
  Replayed Known;
  replayScopes(C, C.F.Decl->getBody(), Init->getBeginLoc(), Known);
  for (const auto &Own : declaredIn(Init))
    Known.Names.insert(Own.getKey());
  if (usesOther(C, Value, Known) || usesOther(C, Written, Known))
    return std::nullopt;
  return std::move(Known).neededBy({Value, std::move(Written)});
}

} // namespace

/// A type that means something only where the body's using-directives and
/// aliases hold is what a function returns that has them too:
///
///   using namespace std::literals;       auto f_until() {
///   auto until = timeout(g(), 5s);         using namespace std::literals;
///                                          return std::type_identity<
///                                              decltype(timeout(g(), 5s))>();
///                                        }
///                                        decltype(f_until())::type until;
bool nameByDirectives(Context &C, ir::Variable &V, SourceLocation At,
                      const ir::Text &TypeId) {
  Replayed Known;
  replayScopes(C, C.F.Decl->getBody(), At, Known);
  if (Known.All.empty() || C.F.Struct == ir::Site::EndOfClass ||
      takesValue(TypeId) || containsLambda(TypeId) ||
      usesOther(C, TypeId, Known))
    return false;
  ir::Maker Maker;
  Maker.Name = makerName(C, V);
  Maker.Constants = std::move(Known).neededBy({TypeId});
  std::vector<ir::VarId> Constants;
  if (!takeVariables(C, TypeId, Maker, Constants))
    return false;
  Maker.Made = typeIdentity(TypeId);
  Maker.OnlyForType = true;
  declareBy(V, ir::Text(C.F.isTemplated() ? "typename decltype(" : "decltype(")
                   .append(callOf(Maker))
                   .append(")::type"));
  hasName(V);
  V.Maker = C.Body.Makers.size();
  C.Body.Makers.push_back(std::move(Maker));
  return true;
}

/// What an arm of `if constexpr` declares may have no type where the arm is
/// discarded:
///
///   if constexpr (c) {       auto f_v = [](auto& x) {
///     auto v = x.get();        if constexpr (c) {
///                                return
///                                std::type_identity<decltype(x.get())>();
///                            }};
///                            coro::type_if_any<decltype(f_v(x))> v;
void nameUnderConditions(Context &C) {
  for (ir::VarId Id = 0; Id < C.Body.Vars.size(); ++Id) {
    ir::Variable &V = C.var(Id);
    if (!V.Dependent || V.Conditions.empty() ||
        V.Problem != ir::FrameProblem::None)
      continue;
    ir::Maker Maker;
    Maker.Name = makerName(C, V);
    std::vector<ir::VarId> Constants;
    Maker.Made = typeIdentity(V.TypeId);
    Maker.Conditions = V.Conditions;
    bool Can = takeVariables(C, V.TypeId, Maker, Constants);
    for (const ir::Text &Condition : V.Conditions)
      Can = Can && !usesOwnName(C, Condition) &&
            takeVariables(C, Condition, Maker, Constants);
    if (!Can) {
      V.Problem = ir::FrameProblem::Unnameable;
      continue;
    }
    V.Declared = ir::Text(ir::LibraryName::TypeIfAny)
                     .append("<decltype(")
                     .append(callOf(Maker))
                     .append(")> ")
                     .append(ir::declaredName());
    V.Maker = C.Body.Makers.size();
    C.Body.Makers.push_back(std::move(Maker));
  }
}

/// An object whose type has no name because of a lambda in its initialiser is
/// made by a function, whose return type names it:
///
///   auto f = [x](int n) { .. };     auto outer_f(auto& x) {
///                                     return [x](int n) { .. };
///                                   }
///                                   decltype(outer_f(x)) f;
///
/// \p Written is the type of a variable that is not declared with auto.
void nameByMaker(Context &C, const Expr *Init, const std::string &Written,
                 ir::Declarator &Declared) {
  using Style = ir::Declarator::Style;
  ir::Variable &V = C.var(Declared.Var);
  if (V.Problem != ir::FrameProblem::Unnameable || V.Reference || !Init ||
      takesValue(Declared.Value) || !containsLambda(Declared.Value) ||
      C.F.Struct == ir::Site::EndOfClass)
    return;
  auto Before = replayedFor(C, Init, Declared.Value);
  if (!Before)
    return;
  ir::Maker Maker;
  Maker.Name = makerName(C, V);
  Maker.Constants = std::move(*Before);
  std::vector<ir::VarId> Constants;
  if (!takeVariables(C, Declared.Value, Maker, Constants) ||
      !takeNamed(C, Init, Maker, Constants))
    return;
  if (Declared.Init == Style::Copy || Written.empty())
    Maker.Made = Declared.Value;
  else
    Maker.Made = ir::Text(Written + (Declared.Init == Style::Brace ? "{" : "("))
                     .append(Declared.Value)
                     .append(Declared.Init == Style::Brace ? "}" : ")");
  ir::Text Call = callOf(Maker);
  declareBy(V, ir::Text(V.Const ? "const decltype(" : "decltype(")
                   .append(Call)
                   .append(")"));
  hasName(V);
  V.Maker = C.Body.Makers.size();
  C.Body.Makers.push_back(std::move(Maker));
  Declared.Value = std::move(Call);
  Declared.Init = Style::Copy;
}

} // namespace coroexpand
