// CORO_ASYNC: the mark of an async function.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

/// Stands first in the first declaration of an async function, and between the captures and the
/// parameters of an async lambda. coro-expand lowers what is marked; to a compiler that builds the
/// file as it stands it means nothing.
#ifdef CORO_EXPAND_PARSES
#define CORO_ASYNC [[clang::annotate("coro::async")]]
#else
#define CORO_ASYNC
#endif
