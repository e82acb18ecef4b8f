#include "shared.h"

int first() { return coro::block_on(shared::length("first")); }
