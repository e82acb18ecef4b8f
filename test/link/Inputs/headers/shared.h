#pragma once
#include "lib/service.h"

#include <utility>

// Concrete futures that one file makes and another polls.
int finish_fetched(decltype(service::fetch(1, "")) fetched);
int finish_greeted(decltype(std::declval<service::session&>().greet(1)) greeted);
int finish_named(decltype(std::declval<service::session&>().greet("")) greeted);
int finish_lambda(decltype(service::keeps_a_lambda(1)) kept);
int counted_there();
