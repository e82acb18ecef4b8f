// Who can be in a room.
#pragma once

#include <coro/coro.h>

#include <string>
#include <string_view>
#include <utility>

namespace chat {

class room;

class participant {
 public:
  explicit participant(std::string name) : name_(std::move(name)) {}
  participant(const participant&) = delete;
  virtual ~participant() = default;

  const std::string& name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }

  /// A line that was said in a room. False when nobody listens any more.
  virtual coro::future<bool> hear(room& where, const participant& from, std::string_view text) = 0;

  /// What others see of this one.
  CORO_ASYNC virtual coro::future<std::string> describe() const { co_return name_; }

 private:
  std::string name_;
};

}  // namespace chat
