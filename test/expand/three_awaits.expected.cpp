namespace {

struct trade_future {
  using output_type = int;

  trade_future(bool cautious_, int limit_) : cautious(cautious_), limit(limit_) {}
  trade_future(trade_future&& other) noexcept
      : state(std::move(other.state)), cautious(other.cautious), limit(other.limit) {}
  ~trade_future() { unwind(); }

  coro::poll<output_type> poll(coro::context& cx) {
    coro::unwind_guard on_exit{state, [this] { unwind(); }};
    switch (state.resume()) {
    case awaiting_price: goto awaiting_price;
    case awaiting_price_2: goto awaiting_price_2;
    case awaiting_price_3: goto awaiting_price_3;
    case awaiting_price_4: goto awaiting_price_4;
    }

    ::new (coro::place(account)) oracle::traced("account", 5);
    live = 1;
    ::new (coro::place(price_call)) auto(price("tea"));
    live = 2;
  awaiting_price: {
    auto output = price_call.poll(cx);
    if (output.is_pending()) return state.suspend(awaiting_price);
    bid = output.take();
  }
    ::new (coro::place(price_call_2)) auto(price("milk"));
    live = 3;
  awaiting_price_2: {
    auto output = price_call_2.poll(cx);
    if (output.is_pending()) return state.suspend(awaiting_price_2);
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
    awaiting_price_3:
      auto output = price_call_3.poll(cx);
      if (output.is_pending()) return state.suspend(awaiting_price_3);
      filled = output.take();
    } else {
      filled = limit;
    }
    live = 0;
    if (has_price_call) coro::destroy(price_call_3);
    ::new (coro::place(price_call)) auto(price("lemon"));
    live = 5;
  awaiting_price_4:
    auto output = price_call.poll(cx);
    if (output.is_pending()) return state.suspend(awaiting_price_4);
    return coro::ready(placed + filled + output.take());
  }

 private:
  enum { awaiting_price = 1, awaiting_price_2, awaiting_price_3, awaiting_price_4 };
  coro::frame_state state;
  unsigned char live = 0;  // the newest live object: its case in unwind
  void unwind() {
    while (live > 0) switch (live) {
      case 5: live = 0; coro::destroy(price_call); break;
      case 4: live = 0; if (has_price_call) coro::destroy(price_call_3); break;
      case 3: live = 2; coro::destroy(price_call_2); [[fallthrough]];
      case 2: live = 1; coro::destroy(price_call); [[fallthrough]];
      case 1: live = 0; coro::destroy(account); break;
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
