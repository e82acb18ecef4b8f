// Rooms: who is in them, and what was said there.
#pragma once

#include <coro/mutex.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "participant.h"

namespace chat {

class room {
 public:
  explicit room(std::string name, std::size_t remembered = 3)
      : name_(std::move(name)), remembered_(remembered) {}
  room(const room&) = delete;
  virtual ~room() = default;

  const std::string& name() const { return name_; }
  bool has(const participant& who) const;

  /// Why somebody can't enter; empty when they can.
  CORO_ASYNC virtual coro::future<std::string> refusal(const participant& who,
                                                       std::string_view key) const;

  /// Adds somebody, whom the room tells what was said before.
  CORO_ASYNC coro::future<void> enter(participant& who);
  /// At once, for destructors: nobody is told.
  void forget(const participant& who) noexcept;
  CORO_ASYNC coro::future<void> leave(participant& who);

  /// Tells all the others; the number of those who heard it.
  CORO_ASYNC coro::future<int> say(const participant& from, std::string text);

  /// The members as a text.
  CORO_ASYNC coro::future<std::string> who() const {
    std::string all;
    for (const participant* each : members_) {
      if (!all.empty()) all += ", ";
      all += co_await each->describe();
    }
    co_return all;
  }

 protected:
  std::size_t size() const { return members_.size(); }

 private:
  struct said {
    std::string who;
    std::string text;
  };

  CORO_ASYNC coro::future<void> replay(participant& to) const;

  const std::string name_;
  const std::size_t remembered_;
  std::vector<participant*> members_;
  std::deque<said> history_;
};

/// For a few, who know the key.
class private_room final : public room {
 public:
  private_room(std::string name, std::string key, std::size_t places)
      : room(std::move(name), 0), key_(std::move(key)), places_(places) {}

  CORO_ASYNC coro::future<std::string> refusal(const participant& who,
                                               std::string_view key) const override {
    if (key != key_) co_return "the key is wrong";
    if (size() >= places_) co_return "the room is full";
    co_return co_await room::refusal(who, key);
  }

 private:
  const std::string key_;
  const std::size_t places_;
};

/// All rooms.
class house {
 public:
  /// Makes the room if there is none of this name.
  CORO_ASYNC coro::future<room&> open(std::string name) {
    const coro::mutex_guard turn = co_await guard_.lock();
    auto [place, is_new] = rooms_.try_emplace(name);
    if (is_new) place->second = std::make_unique<room>(std::move(name));
    co_return *place->second;
  }

  /// One of a derived class.
  template <class Room, class... Args>
    requires std::derived_from<Room, room>
  CORO_ASYNC coro::future<Room&> add(std::string name, Args... arguments) {
    const coro::mutex_guard turn = co_await guard_.lock();
    auto made = std::make_unique<Room>(name, std::move(arguments)...);
    Room& result = *made;
    rooms_.insert_or_assign(std::move(name), std::move(made));
    co_return result;
  }

  /// Calls an async function with each room, in the order of their names.
  template <class Visit>
  CORO_ASYNC coro::future<void> for_each(Visit visit) {
    const coro::mutex_guard turn = co_await guard_.lock();
    for (auto& [name, each] : rooms_) co_await visit(name, *each);
  }

 private:
  coro::mutex guard_;
  std::map<std::string, std::unique_ptr<room>, std::less<>> rooms_;
};

}  // namespace chat
