#include "Plan/Plan.h"

namespace coroexpand {

FramePlan planFrame(const ir::Body &Body, const std::string &StructName,
                    const llvm::StringSet<> &Macros) {
  FramePlan Plan;
  planLifetimes(Body, Plan); // Where things live decides ..
  planNames(Body, StructName, Macros,
            Plan); // .. which share the struct's scope.
  return Plan;
}

} // namespace coroexpand
