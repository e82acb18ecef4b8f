#include "Lower/TypeSpelling.h"
#include "ClangCompat.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/TemplateName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace coroexpand {

bool isReserved(llvm::StringRef Name) {
  return Name.contains("__") ||
         (Name.size() > 1 && Name[0] == '_' && llvm::isUpper(Name[1]));
}

TypeSpelling::TypeSpelling(const ASTContext &Ast, const FunctionDecl &Function)
    : Names(Function), Ast(Ast), Function(Function), Policy(Ast.getLangOpts()) {
  Policy.SuppressUnwrittenScope = true;
}

const TemplateTypeParmDecl *
TypeSpelling::parameter(const TemplateTypeParmType *T) const {
  if (const TemplateTypeParmDecl *D = T->getDecl())
    return D;
  for (const DeclContext *C = &Function; C; C = C->getParent()) {
    const TemplateParameterList *List = nullptr;
    if (const auto *F = dyn_cast<FunctionDecl>(C);
        F && F->getDescribedFunctionTemplate())
      List = F->getDescribedFunctionTemplate()->getTemplateParameters();
    else if (const auto *Partial =
                 dyn_cast<ClassTemplatePartialSpecializationDecl>(C))
      List = Partial->getTemplateParameters();
    else if (const auto *Class = dyn_cast<CXXRecordDecl>(C);
             Class && Class->getDescribedTemplate())
      List = cast<TemplateDecl>(Class->getDescribedTemplate())
                 ->getTemplateParameters();
    if (List && List->getDepth() == T->getDepth())
      return dyn_cast<TemplateTypeParmDecl>(List->getParam(T->getIndex()));
  }
  return nullptr;
}

const TypedefNameDecl *
TypeSpelling::wordFor(const ClassTemplateSpecializationDecl *S) const {
  const DeclContext *Home =
      S->getDeclContext()->getEnclosingNamespaceContext()->getPrimaryContext();
  while (Home->isInlineNamespace())
    Home = Home->getParent()->getPrimaryContext();
  if (!Home->isNamespace())
    return nullptr;
  auto [Found, IsNew] = WordsOf.try_emplace(Home);
  auto Collect = [&](auto &Self, const DeclContext *Space) -> void {
    for (const Decl *D : Space->decls()) {
      if (const auto *Inner = dyn_cast<NamespaceDecl>(D);
          Inner && Inner->isInline())
        Self(Self, Inner);
      const auto *Name = dyn_cast<TypedefNameDecl>(D);
      if (!Name || isReserved(Name->getName()))
        continue;
      QualType T = Name->getUnderlyingType();
      if (T->isDependentType() || T.hasQualifiers() ||
          !isa_and_nonnull<ClassTemplateSpecializationDecl>(
              T->getAsCXXRecordDecl()))
        continue;
      const TypedefNameDecl *&Word =
          Found->second[T.getCanonicalType().getTypePtr()];
      if (!Word)
        Word = Name; // The first that the library declares.
    }
  };
  if (IsNew)
    for (const auto *Part : cast<NamespaceDecl>(Home)->redecls())
      Collect(Collect, Part);
  return Found->second.lookup(
      declaredBy(S, Ast).getCanonicalType().getTypePtr());
}

/// Spells one type. A declarator is made from the inside out: the pointer or
/// array around the name first, what it points to around that.
class TypeSpelling::Speller {
public:
  Speller(const TypeSpelling &Spelling,
          llvm::ArrayRef<const CXXRecordDecl *> Near)
      : S(Spelling), Ast(Spelling.Ast), Near(Near) {
    if (S.Declared && S.Declared->getTypeSourceInfo())
      Bounds = S.Declared->getTypeSourceInfo()->getTypeLoc();
  }

  /// \p T with \p Inner where the name stands. Sets Failed when it has none.
  ir::Text spell(QualType T, ir::Text Inner);
  bool Failed = false;

private:
  ir::Text named(const Type *T, Qualifiers Quals, const ir::Text &Inner);
  ir::Text pointer(QualType Pointee, ir::Text Mark, Qualifiers Quals,
                   const ir::Text &Inner);
  ir::Text function(const FunctionProtoType *F, ir::Text Inner);

  using Name = std::optional<ir::Text>;
  Name nameOf(const Type *T);
  Name unqualified(const Type *T);
  Name declName(const NamedDecl *D);
  Name specialization(const ClassTemplateSpecializationDecl *D,
                      llvm::ArrayRef<TemplateArgument> Written);
  Name templateSpecialization(const TemplateSpecializationType *T);
  Name arguments(llvm::ArrayRef<TemplateArgument> List,
                 const TemplateParameterList *Parameters);
  Name argument(const TemplateArgument &A, const NamedDecl *Parameter);
  Name constant(const TemplateArgument &A, const NamedDecl *Parameter);
  Name otherName(QualType T);
  Name expression(const Expr *E);
  Name namedConstant(const Expr *E);
  Name qualifier(WrittenQualifier Q);
  Name className(const CXXRecordDecl *Class);
  Name plain(QualType T);

  const TypeSpelling &S;
  const ASTContext &Ast;
  llvm::ArrayRef<const CXXRecordDecl *> Near;
  /// How the name that is spelled at the moment is qualified in the source.
  WrittenQualifier Qualifier = NoQualifier;
  bool Alone = false; ///< It is written there, without a qualifier.
  unsigned Depth = 0;
  TypeLoc Bounds; ///< Of what is spelled, where that is an array.
};

std::optional<ir::Text>
TypeSpelling::declare(QualType T,
                      llvm::ArrayRef<const CXXRecordDecl *> Near) const {
  Speller Speller(*this, Near);
  ir::Text Result = Speller.spell(T, ir::Text().append(ir::declaredName()));
  if (Speller.Failed)
    return std::nullopt;
  return Result;
}

std::optional<ir::Text>
TypeSpelling::typeId(QualType T,
                     llvm::ArrayRef<const CXXRecordDecl *> Near) const {
  Speller Speller(*this, Near);
  ir::Text Result = Speller.spell(T, {});
  if (Speller.Failed)
    return std::nullopt;
  return Result;
}

//===----------------------------------------------------------------------===//
// Declarators
//===----------------------------------------------------------------------===//

ir::Text TypeSpelling::Speller::pointer(QualType Pointee, ir::Text Mark,
                                        Qualifiers Quals,
                                        const ir::Text &Inner) {
  ir::Text Result = std::move(Mark);
  if (Quals.hasQualifiers())
    Result.append(Quals.getAsString()).append(Inner.empty() ? "" : " ");
  Result.append(Inner);
  // `int (*x)[3]`, but `row *x` where the array has a name.
  const Type *To = Pointee.getTypePtr();
  bool HasName = !isa<ArrayType, FunctionType, ParenType>(To) && nameOf(To);
  if ((To->isArrayType() || To->isFunctionType()) && !HasName)
    Result = ir::Text("(").append(Result).append(")");
  return spell(Pointee, std::move(Result));
}

ir::Text TypeSpelling::Speller::function(const FunctionProtoType *F,
                                         ir::Text Inner) {
  Inner.append("(");
  for (unsigned I = 0; I < F->getNumParams(); ++I)
    Inner.append(I ? ", " : "").append(spell(F->getParamType(I), {}));
  if (F->isVariadic())
    Inner.append(F->getNumParams() ? ", ..." : "...");
  Inner.append(")");
  if (F->getMethodQuals().hasQualifiers())
    Inner.append(" " + F->getMethodQuals().getAsString());
  if (F->getRefQualifier() != RQ_None)
    Inner.append(F->getRefQualifier() == RQ_LValue ? " &" : " &&");
  if (F->isNothrow())
    Inner.append(" noexcept");
  return spell(F->getReturnType(), std::move(Inner));
}

ir::Text TypeSpelling::Speller::spell(QualType T, ir::Text Inner) {
  if (Failed)
    return {};
  auto [Ty, Quals] = T.split();
  switch (Ty->getTypeClass()) {
  case Type::Pointer:
    return pointer(cast<PointerType>(Ty)->getPointeeType(), "*", Quals, Inner);
  case Type::LValueReference:
    return pointer(cast<ReferenceType>(Ty)->getPointeeType(), "&", {}, Inner);
  case Type::RValueReference:
    return pointer(cast<ReferenceType>(Ty)->getPointeeType(), "&&", {}, Inner);
  case Type::MemberPointer: {
    const auto *Member = cast<MemberPointerType>(Ty);
    Name Class = nameOf(classOf(Member));
    if (!Class) {
      Failed = true;
      return {};
    }
    return pointer(Member->getPointeeType(), Class->append("::*"), Quals,
                   Inner);
  }
  case Type::ConstantArray: {
    const auto *Array = cast<ConstantArrayType>(Ty);
    Name Bound;
    auto Here =
        Bounds ? Bounds.getAs<ConstantArrayTypeLoc>() : ConstantArrayTypeLoc();
    if (Here) {
      Bound = namedConstant(Here.getSizeExpr());
      Bounds = Here.getElementLoc();
    }
    Inner.append("[")
        .append(Bound ? *Bound
                      : ir::Text(llvm::toString(Array->getSize(), 10, false)))
        .append("]");
    return spell(Ast.getQualifiedType(Array->getElementType(), Quals),
                 std::move(Inner));
  }
  case Type::IncompleteArray:
    return spell(
        Ast.getQualifiedType(cast<ArrayType>(Ty)->getElementType(), Quals),
        std::move(Inner.append("[]")));
  case Type::DependentSizedArray: {
    const auto *Array = cast<DependentSizedArrayType>(Ty);
    Name Size; // None for `T x[] = {v...}`, whose size depends.
    if (const Expr *Bound = Array->getSizeExpr())
      Size = expression(Bound);
    Failed |= !Size;
    Inner.append("[").append(Size.value_or(ir::Text())).append("]");
    return spell(Ast.getQualifiedType(Array->getElementType(), Quals),
                 std::move(Inner));
  }
  case Type::FunctionProto:
    return function(cast<FunctionProtoType>(Ty), std::move(Inner));
  case Type::Paren:
    return spell(cast<ParenType>(Ty)->getInnerType(), std::move(Inner));
  default:
    return named(Ty, Quals, Inner);
  }
}

/// `const T x`: a type with a name, or one behind other names for it.
ir::Text TypeSpelling::Speller::named(const Type *T, Qualifiers Quals,
                                      const ir::Text &Inner) {
  if (Name Spelled = nameOf(T)) {
    ir::Text Result(Quals.hasQualifiers() ? Quals.getAsString() + " " : "");
    Result.append(*Spelled);
    return Result.append(Inner.empty() ? "" : " ").append(Inner);
  }
  QualType Whole(T, 0);
  const auto *Alias = dyn_cast<TemplateSpecializationType>(T);
  QualType Inside = Alias && Alias->isTypeAlias()
                        ? Whole.getCanonicalType()
                        : Whole.getSingleStepDesugaredType(Ast);
  if (Inside == Whole) {
    Failed = true;
    return {};
  }
  return spell(Ast.getQualifiedType(Inside, Quals), Inner);
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A type as one word that can be qualified with, without a declarator.
TypeSpelling::Speller::Name TypeSpelling::Speller::plain(QualType T) {
  Speller Part(S, Near);
  Part.Depth = Depth + 1;
  Part.Bounds = {};
  if (Part.Depth > 64)
    return std::nullopt;
  ir::Text Result = Part.spell(T, {});
  if (Part.Failed)
    return std::nullopt;
  return Result;
}

TypeSpelling::Speller::Name
TypeSpelling::Speller::className(const CXXRecordDecl *Class) {
  return plain(declaredBy(Class, Ast));
}

TypeSpelling::Speller::Name
TypeSpelling::Speller::declName(const NamedDecl *D) {
  return S.Names.nameOf(
      D, std::exchange(Qualifier, NoQualifier), std::exchange(Alone, false),
      [&](const CXXRecordDecl *Class) { return className(Class); });
}

TypeSpelling::Speller::Name TypeSpelling::Speller::nameOf(const Type *T) {
  std::optional<WrittenName> Written = writtenName(T);
  if (!Written)
    return unqualified(T);
  Qualifier = Written->Qualifier;
  Alone = !Qualifier;
  Name Result = unqualified(Written->Named.getTypePtr());
  Qualifier = NoQualifier;
  Alone = false;
  return Written->Named.hasLocalQualifiers() ? std::nullopt : Result;
}

/// The same, whose qualifier is known.
TypeSpelling::Speller::Name TypeSpelling::Speller::unqualified(const Type *T) {
  if (std::optional<DependentTemplate> Member = asDependentTemplate(T)) {
    Name Around = this->qualifier(Member->Qualifier);
    Name List = arguments(Member->Arguments, nullptr);
    if (!Around || !List)
      return std::nullopt;
    return ir::Text("typename ")
        .append(*Around)
        .append("template " + Member->Name->getName().str())
        .append(*List);
  }
  switch (T->getTypeClass()) {
  case Type::Builtin:
    if (T->isDependentType()) // Only an instantiation knows it.
      return std::nullopt;
    return ir::Text(cast<BuiltinType>(T)->getName(S.Policy).str());
  case Type::Typedef: {
    const TypedefNameDecl *D = cast<TypedefType>(T)->getDecl();
    // What a class template's own text names is not of this specialization;
    // and a lambda may be made outside the function that has the alias.
    const DeclContext *In = D->getDeclContext();
    bool OfOther = In->isDependentContext() ||
                   (In->isFunctionOrMethod() && In != &S.Function);
    return OfOther || isReserved(D->getName()) ? std::nullopt : declName(D);
  }
  case Type::Using:
    // The name that is found, and what it is a name for, are both names of it.
    if (Name Found = declName(foundBy(cast<UsingType>(T))))
      return Found;
    return std::nullopt;
  case Type::Enum:
    return declName(cast<EnumType>(T)->getDecl());
  case Type::Record: {
    const auto *Class = dyn_cast<CXXRecordDecl>(cast<RecordType>(T)->getDecl());
    if (const auto *Made = dyn_cast<ClassTemplateSpecializationDecl>(Class))
      return specialization(Made, {});
    if (Class->isLambda())
      return std::nullopt;
    if (const TypedefNameDecl *Typedef = Class->getTypedefNameForAnonDecl();
        Typedef && Class->getName().empty())
      return declName(Typedef);
    if (isReserved(Class->getName()))
      if (Name Other = otherName(QualType(T, 0)))
        return Other;
    return declName(Class);
  }
  case Type::TemplateSpecialization:
    return templateSpecialization(cast<TemplateSpecializationType>(T));
  case Type::TemplateTypeParm: {
    const TemplateTypeParmDecl *Parameter =
        S.parameter(cast<TemplateTypeParmType>(T));
    // Of `auto x` it has no name.
    return Parameter && !Parameter->isImplicit()
               ? Name(ir::Text().append(ir::name(Parameter->getName().str())))
               : std::nullopt;
  }
  case Type::Auto:
  case Type::DeducedTemplateSpecialization:
    if (T->isDependentType())
      return std::nullopt;
    break;
  case Type::InjectedClassName:
    return ir::Text().append(
        ir::name(cast<InjectedClassNameType>(T)->getDecl()->getName().str()));
  case Type::PackExpansion: {
    Name Pattern = plain(cast<PackExpansionType>(T)->getPattern());
    return Pattern ? Name(Pattern->append("...")) : std::nullopt;
  }
  case Type::DependentName: {
    const auto *Member = cast<DependentNameType>(T);
    Name Around = this->qualifier(Member->getQualifier());
    return Around ? Name(ir::Text("typename ")
                             .append(*Around)
                             .append(Member->getIdentifier()->getName().str()))
                  : std::nullopt;
  }
  case Type::Decltype: {
    if (!T->isDependentType())
      break;
    Name Operand = expression(cast<DecltypeType>(T)->getUnderlyingExpr());
    return Operand ? Name(ir::Text("decltype(").append(*Operand).append(")"))
                   : std::nullopt;
  }
  default:
    break;
  }
  // Sugar is taken off a step at a time; nothing else is met here but
  // extensions, which print as they are.
  if (QualType(T, 0).getSingleStepDesugaredType(Ast) != QualType(T, 0))
    return std::nullopt;
  return ir::Text(QualType(T, 0).getAsString(S.Policy));
}

namespace {

/// The constant that \p S names, if it's a number and the function's own.
const VarDecl *localConstant(const Stmt *S) {
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->isLocalVarDecl() && Var->isConstexpr() && Var->getInit() &&
                 Var->getType()->isBuiltinType()
             ? Var
             : nullptr;
}

/// Prints the constants of a function as what they are initialised with.
class WithoutConstants : public PrinterHelper {
public:
  explicit WithoutConstants(const PrintingPolicy &Policy) : Policy(Policy) {}
  bool handledStmt(Stmt *S, llvm::raw_ostream &OS) override {
    const VarDecl *Constant = localConstant(S);
    if (!Constant)
      return false;
    OS << "static_cast<"
       << Constant->getType().getUnqualifiedType().getAsString(Policy) << ">(";
    Constant->getInit()->IgnoreImplicit()->printPretty(OS, this, Policy);
    OS << ")";
    return true;
  }

private:
  const PrintingPolicy &Policy;
};

/// A variable or parameter of a function is named.
class LocalFinder : public RecursiveASTVisitor<LocalFinder> {
public:
  bool Found = false;
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (const VarDecl *Constant = localConstant(E))
      return TraverseStmt(const_cast<Expr *>(Constant->getInit()));
    const auto *Var = dyn_cast<VarDecl>(E->getDecl());
    Found |=
        isa<BindingDecl>(E->getDecl()) || (Var && Var->isLocalVarDeclOrParm());
    return !Found;
  }
  /// A value in the place of a constant has no address.
  bool VisitUnaryOperator(UnaryOperator *E) {
    Found |= E->getOpcode() == UO_AddrOf &&
             localConstant(E->getSubExpr()->IgnoreParens());
    return !Found;
  }
  bool VisitLambdaExpr(LambdaExpr *) {
    Found = true;
    return false;
  }
};

/// The constant of a namespace that \p E is; null for anything else.
const VarDecl *constantOf(const Expr *E, const ASTContext &Ast) {
  const auto *Ref =
      dyn_cast_or_null<DeclRefExpr>(E ? E->IgnoreParenImpCasts() : nullptr);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->getDeclContext()->isFileContext() &&
                 Var->isUsableInConstantExpressions(Ast)
             ? Var
             : nullptr;
}

} // namespace

/// By its name: were nothing left of the source that names it, compilers would
/// warn of that.
TypeSpelling::Speller::Name
TypeSpelling::Speller::namedConstant(const Expr *E) {
  const VarDecl *Constant = constantOf(E, Ast);
  return Constant && !isa<VarTemplateSpecializationDecl>(Constant)
             ? declName(Constant)
             : std::nullopt;
}

/// An expression of a template, in the words of the source: the struct is local
/// to the function, where it means the same unless it names a local variable.
TypeSpelling::Speller::Name TypeSpelling::Speller::expression(const Expr *E) {
  LocalFinder Finder;
  Finder.TraverseStmt(const_cast<Expr *>(E));
  if (Finder.Found)
    return std::nullopt;
  std::string Result;
  llvm::raw_string_ostream OS(Result);
  WithoutConstants Constants(S.Policy);
  E->printPretty(OS, &Constants, S.Policy);
  return ir::Text(Result);
}

/// `T::inner::`
TypeSpelling::Speller::Name
TypeSpelling::Speller::qualifier(WrittenQualifier Q) {
  QualifierPart Part = lastPart(Q);
  if (Part.Member) {
    Name Around = Part.Before ? qualifier(Part.Before) : ir::Text();
    return Around
               ? Name(Around->append(Part.Member->getName().str()).append("::"))
               : std::nullopt;
  }
  if (Part.Class) {
    Name Class = plain(QualType(Part.Class, 0));
    return Class ? Name(Class->append("::")) : std::nullopt;
  }
  return std::nullopt;
}

namespace {

/// `std::decay_t`: what it gives says more than its name.
bool isMetafunction(const TemplateDecl *Alias) {
  const auto *Pattern = dyn_cast<TypedefNameDecl>(Alias->getTemplatedDecl());
  return Pattern && isa<DependentNameType, DecltypeType>(
                        Pattern->getUnderlyingType().getTypePtr());
}

} // namespace

/// \p Written as the source has it, when its constants mean the same here.
TypeSpelling::Speller::Name TypeSpelling::Speller::templateSpecialization(
    const TemplateSpecializationType *T) {
  llvm::ArrayRef<TemplateArgument> Written = T->template_arguments();
  if (T->isTypeAlias()) {
    const TemplateDecl *Alias = T->getTemplateName().getAsTemplateDecl();
    if (Alias && T->isDependentType()) {
      Name Head = declName(Alias);
      Name List = arguments(Written, Alias->getTemplateParameters());
      return Head && List ? Name(Head->append(*List)) : std::nullopt;
    }
    bool OnlyTypes = llvm::all_of(Written, [](const TemplateArgument &A) {
      return A.getKind() == TemplateArgument::Type;
    });
    if (!Alias || !OnlyTypes || isReserved(Alias->getName()) ||
        isMetafunction(Alias))
      return std::nullopt;
    Name Head = declName(Alias);
    Name List = arguments(Written, nullptr);
    return Head && List ? Name(Head->append(*List)) : std::nullopt;
  }
  const auto *Made = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (Made)
    return specialization(Made, Written);
  const TemplateDecl *Template = T->getTemplateName().getAsTemplateDecl();
  if (!T->isDependentType() || !Template)
    return std::nullopt;
  Name Head = isa<TemplateTemplateParmDecl>(Template)
                  ? Name(ir::Text(Template->getName().str()))
                  : declName(Template);
  Name List = arguments(Written, Template->getTemplateParameters());
  return Head && List ? Name(Head->append(*List)) : std::nullopt;
}

namespace {

/// The arguments of \p S, packs in line.
llvm::SmallVector<TemplateArgument, 4>
flattened(llvm::ArrayRef<TemplateArgument> Arguments) {
  llvm::SmallVector<TemplateArgument, 4> Result;
  for (const TemplateArgument &A : Arguments)
    if (A.getKind() == TemplateArgument::Pack)
      Result.append(A.pack_begin(), A.pack_end());
    else
      Result.push_back(A);
  return Result;
}

/// How many of the arguments of \p S are not what the template says anyway.
size_t withoutDefaults(const ClassTemplateSpecializationDecl *S,
                       ASTContext &Ast) {
  llvm::ArrayRef<TemplateArgument> All = S->getTemplateArgs().asArray();
  const TemplateParameterList *Parameters =
      S->getSpecializedTemplate()->getTemplateParameters();
  size_t Count = All.size();
  while (Count > 0 && Count <= Parameters->size() &&
         isSubstitutedDefaultArgument(Ast, All[Count - 1],
                                      Parameters->getParam(Count - 1), All,
                                      Parameters->getDepth()))
    --Count;
  return Count;
}

} // namespace

/// \p Written are the arguments as the source has them, if it does: their
/// types keep the user's words, their constants are evaluated.
TypeSpelling::Speller::Name TypeSpelling::Speller::specialization(
    const ClassTemplateSpecializationDecl *D,
    llvm::ArrayRef<TemplateArgument> Written) {
  const ClassTemplateDecl *Template = D->getSpecializedTemplate();
  WrittenQualifier Before = Qualifier;
  bool AloneBefore = Alone;
  // A template's own words for what it was given are no user's.
  if (llvm::any_of(Written, [](const TemplateArgument &A) {
        return A.getKind() == TemplateArgument::Type &&
               isa<SubstTemplateTypeParmType>(A.getAsType().getTypePtr());
      }))
    Written = {};
  if (Written.empty()) {
    if (const TypedefNameDecl *Word = S.wordFor(D))
      return declName(Word);
    if (isReserved(Template->getName()))
      if (Name Other = otherName(declaredBy(D, Ast)))
        return Other;
  }
  Qualifier = Before;
  Alone = AloneBefore;
  Name Head = declName(Template);
  if (!Head)
    return std::nullopt;
  llvm::ArrayRef<TemplateArgument> Canonical = D->getTemplateArgs().asArray();
  llvm::SmallVector<TemplateArgument, 4> Arguments =
      flattened(Written.empty() ? Canonical.take_front(withoutDefaults(
                                      D, const_cast<ASTContext &>(Ast)))
                                : Canonical);
  if (!Written.empty()) {
    Arguments.truncate(std::min(Arguments.size(), Written.size()));
    for (size_t I = 0; I < Arguments.size(); ++I)
      if ((Written[I].getKind() == TemplateArgument::Type &&
           Arguments[I].getKind() == TemplateArgument::Type) ||
          (Written[I].getKind() == TemplateArgument::Expression &&
           Arguments[I].getKind() == TemplateArgument::Integral &&
           constantOf(Written[I].getAsExpr(), Ast)))
        Arguments[I] = Written[I];
  }
  Name List = arguments(Arguments, Template->getTemplateParameters());
  return List ? Name(Head->append(*List)) : std::nullopt;
}

/// A public member type of another class that is \p T, which has a reserved
/// name: `std::vector<int>::iterator`.
TypeSpelling::Speller::Name TypeSpelling::Speller::otherName(QualType T) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Classes(Near.begin(), Near.end());
  if (const auto *Made =
          dyn_cast<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl()))
    for (const TemplateArgument &A :
         flattened(Made->getTemplateArgs().asArray()))
      if (A.getKind() == TemplateArgument::Type)
        if (const CXXRecordDecl *Class = A.getAsType()->getAsCXXRecordDecl())
          Classes.push_back(Class);
  for (const CXXRecordDecl *Class : Classes) {
    if (!Class->hasDefinition() || isReserved(Class->getName()))
      continue;
    for (const Decl *Member : Class->getDefinition()->decls()) {
      const auto *Alias = dyn_cast<TypedefNameDecl>(Member);
      if (!Alias || Alias->getAccess() != AS_public ||
          isReserved(Alias->getName()) ||
          !Ast.hasSameType(Alias->getUnderlyingType(), T))
        continue;
      if (Name Around = className(Class))
        return Around->append("::" + Alias->getName().str());
    }
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Template arguments
//===----------------------------------------------------------------------===//

TypeSpelling::Speller::Name
TypeSpelling::Speller::arguments(llvm::ArrayRef<TemplateArgument> List,
                                 const TemplateParameterList *Parameters) {
  ir::Text Result("<");
  for (size_t I = 0; I < List.size(); ++I) {
    const NamedDecl *Parameter =
        Parameters
            ? Parameters->getParam(std::min<size_t>(I, Parameters->size() - 1))
            : nullptr;
    Name Spelled = argument(List[I], Parameter);
    if (!Spelled)
      return std::nullopt;
    Result.append(I ? ", " : "").append(*Spelled);
  }
  return Result.append(">");
}

TypeSpelling::Speller::Name
TypeSpelling::Speller::argument(const TemplateArgument &A,
                                const NamedDecl *Parameter) {
  switch (A.getKind()) {
  case TemplateArgument::Type:
    return plain(A.getAsType());
  case TemplateArgument::Template:
    return declName(A.getAsTemplate().getAsTemplateDecl());
  case TemplateArgument::Expression:
    if (Name Constant = namedConstant(A.getAsExpr()))
      return Constant;
    return expression(A.getAsExpr());
  case TemplateArgument::NullPtr:
    return ir::Text("nullptr");
  case TemplateArgument::Declaration: {
    Name Spelled = declName(A.getAsDecl());
    bool Reference = A.getParamTypeForDecl()->isReferenceType();
    return Spelled ? Name(ir::Text(Reference ? "" : "&").append(*Spelled))
                   : std::nullopt;
  }
  default:
    return constant(A, Parameter);
  }
}

/// Its value, not the expression that was written for it.
TypeSpelling::Speller::Name
TypeSpelling::Speller::constant(const TemplateArgument &A,
                                const NamedDecl *Parameter) {
  if (A.getKind() == TemplateArgument::Integral &&
      A.getIntegralType()->isEnumeralType()) {
    for (const EnumConstantDecl *Each :
         A.getIntegralType()->castAs<EnumType>()->getDecl()->enumerators())
      if (llvm::APSInt::isSameValue(Each->getInitVal(), A.getAsIntegral()))
        if (Name Enumerator = declName(Each))
          return Enumerator;
    Name Enum = plain(A.getIntegralType());
    if (!Enum)
      return std::nullopt;
    return ir::Text("static_cast<")
        .append(*Enum)
        .append(">(" + llvm::toString(A.getAsIntegral(), 10) + ")");
  }
  // Where the parameter is auto, the value has to say its type.
  const auto *Value = dyn_cast_or_null<NonTypeTemplateParmDecl>(Parameter);
  bool IncludeType = Value && Value->getType()->getContainedDeducedType();
  std::string Result;
  llvm::raw_string_ostream OS(Result);
  A.print(S.Policy, OS, IncludeType);
  return ir::Text(Result);
}

} // namespace coroexpand
