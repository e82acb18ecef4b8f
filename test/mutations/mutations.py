"""Ways to break the lowering: in FILE, the text OLD (which stands there once) becomes NEW.

`tests` are programs of test/run that are tried where the random ones don't notice. scripts/mutate goes through them.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Mutation:
    name: str
    file: str
    old: str
    new: str
    tests: tuple = ()


MUTATIONS = [
    # Ends of lives.
    Mutation("full-expression: its temporaries are not destroyed", "lib/Emit/FullExpressions.cpp",
             '  at(F.Where);\n  end(P.End);', '  at(F.Where);', ("temporaries_in_operand",)),
    Mutation("scope: its objects are not destroyed", "lib/Emit/BodyEmitter.cpp",
             'ContinueLabel << ":\\n";\n  end(P.End);', 'ContinueLabel << ":\\n";', ("scope_exit_order",)),
    Mutation("loop: what a jump out of it leaves is not destroyed", "lib/Emit/BodyEmitter.cpp",
             '    OS << Print.at(L.CondWhere.Raw) << "while (" << Cond << ");\\n";\n  end(P.End);', '    OS << Print.at(L.CondWhere.Raw) << "while (" << Cond << ");\\n";',
             ("loop_break_continue",)),
    Mutation("several objects end in the order of their making", "lib/Plan/Levels.cpp",
             "Result.Objects.push_back({Plan.Levels[L].Object, std::nullopt});",
             "Result.Objects.insert(Result.Objects.begin(), {Plan.Levels[L].Object, std::nullopt});", ("scope_exit_order",)),
    Mutation("unwinding ends after the newest object", "lib/Emit/Unwinding.cpp",
             "std::to_string(Plan.Levels[L].Below)", "std::to_string(0)", ("scope_exit_order",)),
    Mutation("a dropped future destroys nothing", "lib/Emit/Unwinding.cpp",
             "if (A.Live > 0)", "if (false)", ("scope_exit_order",)),
    Mutation("an exception leaves the frame's objects alive", "lib/Emit/BodyEmitter.cpp",
             '<< Print.unwind(Plan.Live, 0) << " }};\\n"', '<< " }};\\n"',
             ("exceptions_from_children",)),
    Mutation("a try block's guard unwinds everything", "lib/Plan/Lifetimes.cpp",
             "Plan.Tries[T.Id].Outside = Current;", "Plan.Tries[T.Id].Outside = 0;", ("try_nested",)),
    Mutation("the last statement's temporaries end with what it declares", "lib/Plan/Lifetimes.cpp",
             "isa<ir::Declare>(*Last->Consumer) || LastIsSurvived)", "isa<ir::Declare>(*Last->Consumer))",
             ("choices_that_live_on",)),
    # Levels.
    Mutation("an object is not counted once it is there", "lib/Emit/BodyEmitter.cpp",
             "  if (P.LiveAfter)\n    OS << Plan.Live << \" = \" << P.LiveAfter << \";\\n\";\n  if (std::optional",
             "  if (std::optional", ("scope_exit_order",)),
    Mutation("where ways meet, one of them at the right level is enough", "lib/Plan/Levels.cpp",
             "if (llvm::all_of(Arriving, [&](Level L) { return L == Target; }))",
             "if (llvm::any_of(Arriving, [&](Level L) { return L == Target; }))", ("loop_break_continue", "try_jumps_everywhere")),
    Mutation("break is not counted among the ways out", "lib/Plan/Lifetimes.cpp",
             "    L.Breaks.push_back(Current);\n", "", ("loop_break_continue",)),
    Mutation("continue is not counted among the ways to the next round", "lib/Plan/Lifetimes.cpp",
             "    L.Continues.push_back(Current);\n", "", ("loop_break_continue",)),
    Mutation("goto is not counted among the ways to its label", "lib/Plan/Lifetimes.cpp",
             "Labels[J.Target].Arriving.push_back(Current);\n", "", ("switch_and_goto",)),
    Mutation("what outlives the temporaries is counted newest first", "lib/Plan/Lifetimes.cpp",
             "for (Level L : llvm::reverse(Survivors))", "for (Level L : Survivors)", ("choices_that_live_on",)),
    Mutation("a join's slots count as older than its temporaries", "lib/Plan/Lifetimes.cpp",
             "for (ir::VarId Id : IsConditional ? Made : Natively)", "for (ir::VarId Id : Made)", ("join_many", "temporaries_in_operand")),
    # Flags of what is made in a branch.
    Mutation("a flag is not set", "lib/Emit/BodyEmitter.cpp",
             'OS << Print.name(*Flag) << " = true;\\n";', ";", ("awaits_several",)),
    Mutation("a flag is not cleared before the branch", "lib/Emit/FullExpressions.cpp",
             'OS << Print.name(Flag) << " = false;\\n";', ";", ("awaits_several",)),
    Mutation("a branch's objects are counted once they are there", "lib/Plan/Lifetimes.cpp",
             "P.LiveBefore = Live;", ";", ("awaits_several",)),
    Mutation("a statement expression in an arm leaves what its branch has made uncounted", "lib/Plan/Lifetimes.cpp",
             "Plan.Blocks[Each].LiveAfter = Live;", ";", ("statement_expressions",)),
    # Where the frame's objects lie.
    Mutation("temporaries give their place to what they are used for", "lib/Plan/Lifetimes.cpp",
             "    After = statement(*F.Consumer, After, AwaitLater);\n    Frame.endTemporaries(First);",
             "    Frame.endTemporaries(First);\n    After = statement(*F.Consumer, After, AwaitLater);", ("temporaries_in_operand",)),
    # Resuming.
    Mutation("a poll that goes on counts nothing as alive", "lib/Emit/BodyEmitter.cpp",
             "  if (P.Live == Plan.Start)\n    return Jump;", "  if (true)\n    return Jump;", ("scope_exit_order",)),
    Mutation("where a branch waits, only what was made before is alive", "lib/Plan/Lifetimes.cpp",
             "        Plan.await(Each).Live = Current;", "        ;", ("awaits_several",)),
    Mutation("an await does not note where the next poll goes on", "lib/Emit/FullExpressions.cpp",
             '  OS << Plan.State << " = " << P.State << ";\\n";\n  if (P.HasLabel)', "  if (P.HasLabel)", ("awaits_several",)),
    Mutation("a try block that is entered again resumes where it last waited", "lib/Plan/Resumptions.cpp",
             "P.StartsOver = (Since.AwaitBefore || Since.InLoop) && asks(S, P);", "P.StartsOver = Since.AwaitBefore && asks(S, P);",
             ("try_in_loop",)),
    # The order of evaluation.
    Mutation("assignment begins with the left side", "lib/Lower/EvaluationOrder.cpp",
             "Result.Always = {Binary->getRHS(), Binary->getLHS()};", "Result.Always = {Binary->getLHS(), Binary->getRHS()};",
             ("assignment",)),
    Mutation("assignment by an operator begins with the left side", "lib/Lower/EvaluationOrder.cpp",
             "std::reverse(Result.Always.begin(), Result.Always.end());", ";", ("assignment",)),
    Mutation("operands before a wait are not kept", "lib/Lower/Steps.cpp",
             "bool IsKept = !IsLast || IsCaptured;", "bool IsKept = IsCaptured;", ("awaits_among_operands",)),
    Mutation("a variable that the expression changes is read late", "lib/Lower/Steps.cpp",
             "  return C.Unshared.contains(Read->getDecl()) &&\n         llvm::none_of(",
             "  return C.Unshared.contains(Read->getDecl()) ||\n         llvm::none_of(", ("awaits_among_operands",)),
    Mutation("the left side of a comma is not evaluated", "lib/Lower/Steps.cpp",
             "  discard(E->getLHS());\n", "", ("awaits_several",)),
    Mutation("`or` goes on where it is true", "lib/Lower/Branches.cpp",
             'ir::Text(IsAnd ? "" : "!")', 'ir::Text("")', ("awaits_several",)),
    Mutation("a condition in a template is asked behind the end of what it is made of", "lib/Lower/If.cpp",
             "  if (Before.isDone(Cond) && Cond->getType()->isBooleanType()) {", "  if (Before.isDone(Cond)) {", ("templates_choices",)),
    # Loops.
    Mutation("a while loop's condition is waited for once", "lib/Lower/While.cpp",
             "    Loop->Body = std::make_unique<ir::Scope>(Loop->Where);\n    frontCondition(C, D, S.getCond(), *Loop, *Loop->Body);",
             "    Loop->Body = std::make_unique<ir::Scope>(Loop->Where);\n    frontCondition(C, D, S.getCond(), *Loop, Into);",
             ("while_condition",)),
    # Lives in full-expressions.
    Mutation("by-value arguments of lowered calls die with the call", "lib/Lower/Calls.cpp",
             "return isByValue(I) && !C.TypeOf.isQuiet(type(I));", "return false;", ("arguments_by_value",)),
    Mutation("a list that a statement declares ends with the full-expression", "lib/Lower/Temporaries.cpp",
             "if (Temp && Temp->getStorageDuration() == SD_Automatic)\n    return Temp !=",
             "if (Temp && Temp->getStorageDuration() == SD_Automatic && false)\n    return Temp !=", ("locals_extended_members",)),
    Mutation("what a comma discards ends at once", "lib/Lower/Temporaries.cpp",
             "      Discarded.insert(Left);", "      ;", ("temporaries_discarded", "awaits_several")),
    # What nobody needs any more.
    Mutation("a variable's last use in a loop ends it in that round", "lib/Plan/LastUses.cpp",
             "N.Last = Loops.size() > N.Loops ? Loops[N.Loops] : &By;", "N.Last = &By;", ("liveness", "dead_slots")),
    Mutation("a kept operand does not keep what it points to", "lib/Plan/LastUses.cpp",
             "Known[Id].IsKept |= Made.Reference || Made.Held || MayBePointer;", "(void)MayBePointer;", ("liveness",)),
    Mutation("what ends before its scope makes room from its making on", "lib/Plan/Members.cpp",
             "  unsigned Death = EndIn(Early, Now);", "  unsigned Death = Early.contains(O.Id) ? O.Birth + 1 : Now;", ("dead_slots",)),
    Mutation("what a lambda captures by reference ends at its last use by name", "lib/Lower/Privates.cpp",
             "        Exposed.insert(Each.getCapturedVar());", "        ;", ("liveness",)),
    Mutation("what a reference is bound to ends at its last use by name", "lib/Lower/Privates.cpp",
             "    if (Later || !(Known.contains(E) || isOfReference(E)))", "    if (Later)", ("liveness",)),
    Mutation("a child is made in the place of its argument without a copy of that", "lib/Emit/FullExpressions.cpp",
             "  if (Found == Plan.MadeInPlaceOf.end() || Found->second.From.empty())", "  if (true)", ("liveness", "layout_sizes")),
    Mutation("members share whatever lives in them", "lib/Plan/Members.cpp",
             "  return !S.When.meets(lifetime(M));", "  return true;", ("scope_siblings",)),
    Mutation("what an awaited call takes under a condition counts as taken", "lib/Plan/Lifetimes.cpp",
             "Kept.contains(Id) || ScopeOf.lookup(Id) != Here", "Kept.contains(Id)", ("moved_on",)),
    Mutation("a future that has not started destroys nothing", "lib/Emit/Unwinding.cpp",
             '    Result += "case 0: " + Does(Plan.Start) + " break;  // not started\\n";', "    ;", ("moved_on",)),
    # Blocks, folds, generators.
    Mutation("a block's result is not counted", "lib/Emit/FullExpressions.cpp",
             "  if (Level Live = Plan.of(B).LiveAfter)", "  if (Level Live = 0)", ("statement_expressions",)),
    Mutation("a fold by `and` waits for all its elements", "lib/Emit/FullExpressions.cpp",
             '    return "poll_while";', '    return "poll_each";', ("templates_folds",)),
    Mutation("an element of a fold that has a condition waits always", "lib/Emit/FullExpressions.cpp",
             "  if (F.Condition.empty())", "  if (true)", ("templates_folds",)),
    Mutation("the slots of a join are not counted", "lib/Plan/Lifetimes.cpp",
             "      Current = lastOfJoin(*Join, *M, *BeforeJoin, Current);", "      Current = *BeforeJoin;", ("join_many",)),
    Mutation("a temporary whose lifetime a reference extends ends with its full-expression", "lib/Plan/Members.cpp",
             "    if (R == ir::Variable::Role::Temporary || R == ir::Variable::Role::Flag)", "    if (true)",
             ("initialiser_references", "locals_extended_members")),
]
