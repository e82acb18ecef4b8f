#include "Layout/FutureLayout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

namespace coroexpand {
namespace {

constexpr const char *Kinds[] = {"own", "parameter", "object"};

json::Object toJson(const MemberLayout &M, const FutureLayout &F) {
  json::Array Across, Overlaps;
  for (unsigned S : M.Across)
    Across.push_back(F.Suspensions[S].Name);
  for (const MemberLayout &Other : F.Members)
    if (&Other != &M && !F.DependsOnInstantiation && M.overlaps(Other))
      Overlaps.push_back(Other.Name);
  json::Object Result{{"name", M.Name},
                      {"kind", Kinds[static_cast<int>(M.K)]},
                      {"across", std::move(Across)}};
  if (F.DependsOnInstantiation)
    return Result;
  Result["offset"] = M.Offset;
  Result["size"] = M.Size;
  Result["align"] = M.Align;
  Result["overlaps"] = std::move(Overlaps);
  return Result;
}

json::Object toJson(const FutureLayout &F) {
  json::Array Members, Suspensions, Gaps;
  for (const MemberLayout &M : F.Members)
    Members.push_back(toJson(M, F));
  for (auto [I, S] : llvm::enumerate(F.Suspensions)) {
    json::Object Each{{"name", S.Name}, {"line", S.Line}};
    if (!F.DependsOnInstantiation)
      Each["bytes"] = F.bytesAcross(I);
    Suspensions.push_back(std::move(Each));
  }
  json::Object Result{{"name", F.Struct},
                      {"function", F.Function},
                      {"file", F.File},
                      {"line", F.Line},
                      {"members", std::move(Members)},
                      {"suspensions", std::move(Suspensions)}};
  if (F.DependsOnInstantiation) {
    Result["depends_on_instantiation"] = true;
    return Result;
  }
  for (const Padding &G : F.gaps())
    Gaps.push_back(json::Object{{"offset", G.Offset}, {"size", G.Size}});
  Result["size"] = F.Size;
  Result["align"] = F.Align;
  Result["padding"] = std::move(Gaps);
  return Result;
}

} // namespace

/// llvm's JSON library finds these by their arguments.
static bool fromJSON(const json::Value &From, Suspension &S, json::Path P) {
  json::ObjectMapper O(From, P);
  return O && O.map("name", S.Name) && O.map("line", S.Line);
}

static bool fromJSON(const json::Value &From, MemberLayout &M, json::Path P) {
  json::ObjectMapper O(From, P);
  std::string Kind;
  if (!O || !O.map("name", M.Name) || !O.map("kind", Kind) ||
      !O.mapOptional("offset", M.Offset) || !O.mapOptional("size", M.Size) ||
      !O.mapOptional("align", M.Align))
    return false;
  M.K = static_cast<MemberLayout::Kind>(llvm::find(Kinds, Kind) -
                                        std::begin(Kinds));
  return true;
}

static bool fromJSON(const json::Value &From, FutureLayout &F, json::Path P) {
  json::ObjectMapper O(From, P);
  return O && O.map("name", F.Struct) && O.map("function", F.Function) &&
         O.map("file", F.File) && O.map("line", F.Line) &&
         O.mapOptional("depends_on_instantiation", F.DependsOnInstantiation) &&
         O.mapOptional("size", F.Size) && O.mapOptional("align", F.Align) &&
         O.map("members", F.Members) && O.map("suspensions", F.Suspensions);
}

std::string layoutAsJson(const std::vector<FutureLayout> &Futures) {
  json::Array All;
  for (const FutureLayout &F : Futures)
    All.push_back(toJson(F));
  std::string Result;
  llvm::raw_string_ostream(Result) << llvm::formatv(
      "{0:2}\n", json::Value(json::Object{{"futures", std::move(All)}}));
  return Result;
}

llvm::Expected<std::vector<FutureLayout>> layoutFromJson(llvm::StringRef Text) {
  llvm::Expected<json::Value> Parsed = json::parse(Text);
  if (!Parsed)
    return Parsed.takeError();
  std::vector<FutureLayout> Result;
  json::Path::Root Root;
  json::ObjectMapper Whole(*Parsed, Root);
  if (!Whole || !Whole.map("futures", Result))
    return Root.getError();
  return Result;
}

} // namespace coroexpand
