#include "room.h"

#include <algorithm>

namespace chat {

namespace {

/// What the room itself says.
class caretaker final : public participant {
 public:
  caretaker() : participant("*") {}
  CORO_ASYNC coro::future<bool> hear(room&, const participant&, std::string_view) override {
    co_return false;
  }
};

/// Somebody who has said something once, and may have gone since.
class remembered final : public participant {
 public:
  using participant::participant;
  CORO_ASYNC coro::future<bool> hear(room&, const participant&, std::string_view) override {
    co_return false;
  }
};

const caretaker the_caretaker;

}  // namespace

bool room::has(const participant& who) const {
  return std::find(members_.begin(), members_.end(), &who) != members_.end();
}

coro::future<std::string> room::refusal(const participant& who, std::string_view) const {
  if (has(who)) co_return who.name() + " is there already";
  for (const participant* each : members_)
    if (co_await each->describe() == co_await who.describe()) co_return "the name is taken";
  co_return "";
}

coro::future<void> room::enter(participant& who) {
  co_await replay(who);
  co_await say(the_caretaker, who.name() + " enters " + name_);
  members_.push_back(&who);
}

void room::forget(const participant& who) noexcept { std::erase(members_, &who); }

coro::future<void> room::leave(participant& who) {
  if (!has(who)) co_return;
  forget(who);
  co_await say(the_caretaker, co_await who.describe() + " leaves " + name_);
}

coro::future<int> room::say(const participant& from, std::string text) {
  if (&from != &the_caretaker) {
    history_.push_back({from.name(), text});
    if (history_.size() > remembered_) history_.pop_front();
  }
  int heard = 0;
  // Somebody may come or go while another one is told.
  const std::vector<participant*> listeners = members_;
  for (participant* each : listeners) {
    if (each == &from || !has(*each)) continue;
    heard += co_await each->hear(*this, from, text) ? 1 : 0;
  }
  co_return heard;
}

coro::future<void> room::replay(participant& to) const {
  for (auto [who, text] : history_) {
    const remembered speaker(who);
    if (!co_await to.hear(const_cast<room&>(*this), speaker, "(before) " + text)) break;
  }
}

}  // namespace chat
