// A data base in memory that takes its time, and the jobs that need it.
#pragma once

#include <coro/sleep.h>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pool.h"

namespace store {

class database;

class connection {
 public:
  connection(database& to, int number) : to_(&to), number_(number) {}

  CORO_ASYNC coro::future<int> read(std::string key);
  CORO_ASYNC coro::future<void> write(std::string key, int value);

  int number() const { return number_; }
  bool is_broken() const { return is_broken_; }

 private:
  CORO_ASYNC coro::future<void> travel();

  database* to_;
  int number_;
  bool is_broken_ = false;
};

class database {
 public:
  /// A connection; every third attempt fails.
  CORO_ASYNC coro::future<connection> connect();
  /// The next so many operations break their connections.
  void fail(int operations) { failures_ = operations; }

 private:
  friend connection;

  std::map<std::string, int> values_;
  int attempts_ = 0;
  int connections_ = 0;
  int failures_ = 0;
};

}  // namespace store
