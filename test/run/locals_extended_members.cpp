// RUN: %oracle %s
// Aggregates and lists whose members keep temporaries alive as long as the local lives.
// Alone: test/run/oracle test/run/locals_extended_members.cpp
#include <coro/coro.h>

#include <initializer_list>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

struct holder {
  const traced& object;
  int number;
};

CORO_ASYNC coro::future<int> program() {
  holder kept{traced("kept by an aggregate", 1), 2};
  co_await void_leaf("first", 1);
  co_await void_leaf("second", 1);
  int sum = kept.object.use() + kept.number;
  for (const traced& item : {traced("in the head", 5), traced("in the head too", 6)}) {
    co_await void_leaf("over a braced list", 1);
    sum += item.use();
  }
  co_return sum;
}

ORACLE_MAIN(program())
