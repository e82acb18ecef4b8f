#include "store.h"

namespace store {

using namespace std::chrono_literals;

coro::future<connection> database::connect() {
  co_await coro::sleep_for(5ms);
  if (++attempts_ % 3 == 0) throw std::runtime_error("the data base is busy");
  co_return connection(*this, ++connections_);
}

coro::future<void> connection::travel() {
  co_await coro::sleep_for(10ms);
  if (to_->failures_ == 0) co_return;
  --to_->failures_;
  is_broken_ = true;
  throw std::runtime_error("connection " + std::to_string(number_) + " is broken");
}

coro::future<int> connection::read(std::string key) {
  co_await travel();
  const auto found = to_->values_.find(key);
  if (found == to_->values_.end()) throw std::out_of_range("no " + key);
  co_return found->second;
}

coro::future<void> connection::write(std::string key, int value) {
  co_await travel();
  to_->values_[key] = value;
}

}  // namespace store
