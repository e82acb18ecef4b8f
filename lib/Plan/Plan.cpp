#include "Plan/Plan.h"

namespace coroexpand {

FramePlan planFrame(const ir::Body &Body, const std::string &StructName) {
  FramePlan Plan;
  planLifetimes(Body, Plan);         // Where things live decides ..
  planNames(Body, StructName, Plan); // .. which share the struct's scope.
  return Plan;
}

} // namespace coroexpand
