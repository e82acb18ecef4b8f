//===- Uses.h - what the text of a body is to say, once it is planned -----===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_USES_H
#define COROEXPAND_LOWER_USES_H

#include "Lower/Context.h"

namespace coroexpand {

/// Puts edits on the tokens of the whole body, and notes the names in it.
void markUses(Context &C);

/// Notes the variables that have stayed parts of texts. All of the body has
/// been lowered.
void noteNamesInTexts(Context &C);

/// Finds the variables that are Private. All of the body has been lowered.
void notePrivates(Context &C);

} // namespace coroexpand

#endif
