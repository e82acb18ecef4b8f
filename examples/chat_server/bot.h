// A participant that is a program: it answers what is said to it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "room.h"

namespace chat {

class bot final : public participant {
 public:
  /// What it says when it hears a word.
  using answer = std::function<coro::future<std::string>(const room&, const participant&)>;

  using participant::participant;

  bot& on(std::string word, answer with) {
    answers_.insert_or_assign(std::move(word), std::move(with));
    return *this;
  }

  CORO_ASYNC coro::future<bool> hear(room& where, const participant& from,
                                     std::string_view text) override {
    const auto found = answers_.find(text);
    if (found == answers_.end()) co_return false;
    co_await where.say(*this, co_await found->second(where, from));
    co_return true;
  }

 private:
  std::map<std::string, answer, std::less<>> answers_;
};

}  // namespace chat
