namespace {

struct trade_future {
  using output_type = int;

  trade_future(bool cautious_, int limit_) : cautious(cautious_), limit(limit_) {}
  trade_future(trade_future&& other) noexcept
      : state(std::move(other.state)), cautious(other.cautious), limit(other.limit) {}
  ~trade_future() {
    switch (state.suspended_at()) {
    case awaiting_price: unwind(2); break;
    case awaiting_price_2: unwind(3); break;
    case awaiting_price_3: unwind(4); break;
    case awaiting_price_4: unwind(5); break;
    }
  }

  coro::poll<output_type> poll(coro::context& cx) {
    int live = 0;  // the newest live object: its case in unwind
    coro::unwind_guard on_exit{state, [&] { unwind(live); }};
    switch (state.resume()) {
    case awaiting_price: live = 2; goto awaiting_price;
    case awaiting_price_2: live = 3; goto awaiting_price_2;
    case awaiting_price_3: live = 4; goto awaiting_price_3;
    case awaiting_price_4: live = 5; goto awaiting_price_4;
    }

    ::new (coro::place(account)) oracle::traced("account", 5);
    live = 1;
    ::new (coro::place(price_call)) auto(price("tea"));
    live = 2;
    state = awaiting_price;
  awaiting_price: {
    auto output = price_call.poll(cx);
    if (output.is_pending()) return on_exit.suspend();
    bid = output.take();
  }
    ::new (coro::place(price_call_2)) auto(price("milk"));
    live = 3;
    state = awaiting_price_2;
  awaiting_price_2: {
    auto output = price_call_2.poll(cx);
    if (output.is_pending()) return on_exit.suspend();
    placed = place_order(account, bid, output.take());
  }
    live = 0;
    coro::destroy(price_call_2);
    coro::destroy(price_call);
    coro::destroy(account);
    has_price_call = false;
    live = 4;
    if (cautious && limit > 3) {
      ::new (coro::place(price_call_3)) auto(price("sugar"));
      has_price_call = true;
      state = awaiting_price_3;
    awaiting_price_3:
      auto output = price_call_3.poll(cx);
      if (output.is_pending()) return on_exit.suspend();
      filled = output.take();
    } else {
      filled = limit;
    }
    live = 0;
    if (has_price_call) coro::destroy(price_call_3);
    ::new (coro::place(price_call)) auto(price("lemon"));
    live = 5;
    state = awaiting_price_4;
  awaiting_price_4:
    auto output = price_call.poll(cx);
    if (output.is_pending()) return on_exit.suspend();
    return coro::ready(placed + filled + output.take());
  }

 private:
  enum { awaiting_price = 1, awaiting_price_2, awaiting_price_3, awaiting_price_4 };
  coro::frame_state state;
  void unwind(int live) {
    switch (live) {
      case 5: coro::destroy(price_call); break;
      case 4: if (has_price_call) coro::destroy(price_call_3); break;
      case 3: coro::destroy(price_call_2); [[fallthrough]];
      case 2: coro::destroy(price_call); [[fallthrough]];
      case 1: coro::destroy(account); break;
    }
  }

  bool cautious;
  int limit;
  union {
    int bid;
    int filled;
  };
  int placed;
  union {
    const oracle::traced account;
    bool has_price_call;
  };
  union { price_future price_call; };
  union {
    price_future price_call_2;
    price_future price_call_3;
  };
};

}  // namespace

trade_future trade(bool cautious, int limit) { return trade_future(cautious, limit); }
