#include "shared.h"

int second() {
  shared::counter counter;
  return coro::block_on(counter.next(2)) + first();
}
