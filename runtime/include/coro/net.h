// Everything a network service needs.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/coro.h>
#include <coro/interval.h>
#include <coro/pipe.h>
#include <coro/resolve.h>
#include <coro/signal_set.h>
#include <coro/sleep.h>
#include <coro/spawn.h>
#include <coro/task_group.h>
#include <coro/tcp.h>
#include <coro/timeout.h>
#include <coro/udp.h>
#include <coro/unix.h>
