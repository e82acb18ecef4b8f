// The protocol: async functions are written against it, and lowered code is made of it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/async.h>
#include <coro/awaitable.h>
#include <coro/block_on.h>
#include <coro/context.h>
#include <coro/erased.h>
#include <coro/future.h>
#include <coro/generator.h>
#include <coro/join.h>
#include <coro/lowered.h>
#include <coro/lowered_templates.h>
#include <coro/maybe_done.h>
#include <coro/poll.h>
#include <coro/pollable.h>
#include <coro/waker.h>
