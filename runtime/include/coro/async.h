// CORO_ASYNC: the mark of an async function, and CORO_BUDGET: how large its future may be.
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

/// Stands right behind CORO_ASYNC: how many bytes the lowered function's future may take. The
/// lowered file does not compile where it takes more. Natively it means nothing.
#ifdef CORO_EXPAND_PARSES
#define CORO_BUDGET(bytes) [[clang::annotate("coro::budget", bytes)]]
#else
#define CORO_BUDGET(bytes)
#endif
