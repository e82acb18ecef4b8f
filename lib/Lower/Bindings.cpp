#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Initialiser.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isStandard(const DecompositionDecl *D) {
  const CXXRecordDecl *Class =
      D->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->isInStdNamespace();
}

/// An element of a standard tuple, and of a pair by the name that it has.
ir::Text tupleElement(const DecompositionDecl *D, ir::VarId Whole,
                      const std::string &I) {
  const CXXRecordDecl *Class =
      D->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (Class->getName() == "pair")
    return ir::Text()
        .append(ir::use(Whole, /*Postfix=*/true))
        .append(ir::member(Whole))
        .append(I == "0" ? "first" : "second");
  return ir::Text(ir::LibraryName::Get)
      .append("<" + I + ">(")
      .append(ir::use(Whole))
      .append(")");
}

/// `e.get<0>()` or `get<0>(e)`, as the declaration of \p Part calls it.
ir::Text callOfGet(const DecompositionDecl *D, const VarDecl *Part,
                   ir::VarId Whole, const std::string &I) {
  const auto *Call = dyn_cast<CallExpr>(writtenInit(Part)->IgnoreImplicit());
  bool IsMember = isa_and_nonnull<CXXMemberCallExpr>(Call);
  bool Moves = !D->getType()->isLValueReferenceType();
  ir::Text Object = ir::Text().append(ir::use(Whole, IsMember && !Moves));
  if (Moves)
    Object = ir::moved(Object);
  if (IsMember)
    return Object.append(".get<" + I + ">()");
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  bool HasScope = Callee && Callee->getFriendObjectKind() == Decl::FOK_None;
  return ir::Text(HasScope ? NamesFrom::fromTop(Callee) : "get")
      .append("<" + I + ">(")
      .append(Object)
      .append(")");
}

} // namespace

bool hasOwnGet(const DecompositionDecl *D) {
  return !D->bindings().empty() && D->bindings().front()->getHoldingVar() &&
         !isStandard(D);
}

/// auto [a, b] = e;    Declare a_b = e, where a and b are parts of a_b
void lowerBindings(Context &C, const DecompositionDecl *D, bool AsVariables) {
  ir::VarId Whole = C.idOf(D);
  std::string Name;
  unsigned Index = 0;
  for (const BindingDecl *B : D->bindings()) {
    Name += (Index ? "_" : "") + B->getName().str();
    std::string I = std::to_string(Index++);
    ir::Variable &Part = C.var(C.idOf(B));
    if (AsVariables)
      continue;
    Part.R = ir::Variable::Role::Binding;
    Part.Of = Whole;
    if (!B->getType()->isDependentType()) // For makers that it is given to.
      Part.TypeId = C.Spelling.typeId(B->getType().getNonReferenceType())
                        .value_or(ir::Text());
    if (D->getType()->isDependentType()) {
      Part.Access = ir::Text(ir::LibraryName::PartOf)
                        .append("<" + I + ", " +
                                std::to_string(D->bindings().size()) + ">(")
                        .append(ir::use(Whole))
                        .append(")");
    } else if (B->getHoldingVar()) {
      if (isStandard(D))
        Part.Access = tupleElement(D, Whole, I);
    } else if (const auto *Field = dyn_cast_or_null<MemberExpr>(
                   B->getBinding() ? B->getBinding()->IgnoreImplicit()
                                   : nullptr)) {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append(ir::member(Whole))
          .append(Field->getMemberDecl()->getNameAsString());
    } else {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append("[" + I + "]");
    }
  }
  C.var(Whole).Name = Name + (AsVariables ? "_whole" : "");
}

ir::Text declarationOfWhole(Context &C, const DecompositionDecl *D,
                            SourceRange Written, Holes Inside) {
  auto Names = C.Source.tokens({D->getLocation(), D->getEndLoc()});
  const syntax::Token *Close = Names.begin();
  while (Close->kind() != tok::r_square)
    ++Close;
  Inside.push_back({{D->getLocation(), Close->location()},
                    ir::Text().append(ir::use(C.idOf(D)))});
  return C.Source.slice(Written, Inside);
}

/// auto& [a, b] = e;    auto& a_b = e;  int& a = get<0>(a_b);  ..
void declareParts(Context &C, const DecompositionDecl *D, ir::Scope &Into) {
  unsigned Index = 0;
  for (const BindingDecl *B : D->bindings()) {
    const VarDecl *Part = B->getHoldingVar();
    ir::VarId Id = C.idOf(B);
    ir::Text Value = callOfGet(D, Part, C.idOf(D), std::to_string(Index++));
    describeVariable(C, Part, Id, Value);
    auto Declare = std::make_unique<ir::Declare>(at(B->getLocation()));
    Declare->Original = C.Spelling.typeId(Part->getType()).value_or("auto&&");
    Declare->Original.append(" ")
        .append(ir::use(Id))
        .append(" = ")
        .append(Value)
        .append(";");
    Declare->Vars.push_back({Id, ir::Declarator::Style::Copy, Value});
    Into.Body.push_back(std::move(Declare));
  }
}

} // namespace coroexpand
