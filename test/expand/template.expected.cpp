template <class Cache, class... Keys>
auto total(Cache& cache, int tax, const Keys&... keys) {
  static constexpr auto total_future_price = [](Cache& cache_2) {
    if constexpr (sizeof...(keys) > 0) {
      return std::type_identity<coro::awaited<decltype((cache_2.price(keys...)))>>();
    }
  };

  struct total_future {
    using output_type [[maybe_unused]] = int;

    total_future(Cache& cache_, int tax_, const Keys&... keys_pack_)
        : cache(cache_), tax(tax_), keys_pack(std::forward<const Keys&>(keys_pack_)...) {}
    total_future(total_future&& other) noexcept(
        std::is_nothrow_move_constructible_v<coro::parameter_pack<const Keys&...>>)
        : state(std::move(other.state)), cache(other.cache), tax(other.tax),
          keys_pack(std::move(other.keys_pack)) {}
    ~total_future() {
      int live = 0;
      switch (state.suspended_at()) {
      case awaiting_price: live = 1; break;
      case awaiting_count: live = 5; break;
      }
      unwind(live);
    }

    coro::poll<output_type> poll(coro::context& cx) {
      return keys_pack.expand([&](auto&&... keys_) -> coro::poll<output_type> {
        int live = 0;  // the newest live object: its case in unwind
        coro::throwing_unwind_guard on_exit{state, [&] { unwind(live); }};
        int resume_point = state.resume();
        switch (resume_point) {
        case awaiting_price: goto if_block;
        case awaiting_count: live = 5; goto awaiting_count;
        }

        sum = 0;
      if_block:
        if constexpr (sizeof...(keys) > 0) {
          if (resume_point == awaiting_price) {
            live = 1;
            goto awaiting_price;
          }
          ::new (coro::place(price))
              coro::awaited<decltype((cache.price(keys...)))>{cache.price(keys_...)};
          live = 1;
          state = awaiting_price;
        awaiting_price:
          auto output = price.poll(cx);
          if (output.is_pending()) return on_exit.suspend();
          sum = output.take() + tax;
          live = 0;
          coro::destroy(price);
        }
        ::new (coro::place(entry_range)) coro::held<decltype((cache.entries()))>{cache.entries()};
        live = 2;
        ::new (coro::place(entry_begin)) auto(coro::begin_of(*entry_range));
        live = 3;
        ::new (coro::place(entry_end)) auto(coro::end_of(*entry_range));
        live = 4;
        for (; entry_begin != entry_end; ++entry_begin) {
          entry = coro::pointer_to(*entry_begin);
          ::new (coro::place(count)) coro::awaited<decltype((entry->count()))>{entry->count()};
          live = 5;
          state = awaiting_count;
        awaiting_count:
          auto output = count.poll(cx);
          if (output.is_pending()) return on_exit.suspend();
          sum += output.take();
          live = 4;
          coro::destroy(count);
        }
        live = 3;
        coro::destroy(entry_end);
        live = 2;
        coro::destroy(entry_begin);
        live = 0;
        coro::destroy(entry_range);
        return coro::ready(sum);
      });
    }

   private:
    enum { awaiting_price = 1, awaiting_count };
    coro::frame_state state;
    void unwind(int& live) {
      switch (live) {
        case 5: live = 4; coro::destroy(count); [[fallthrough]];
        case 4: live = 3; coro::destroy(entry_end); [[fallthrough]];
        case 3: live = 2; coro::destroy(entry_begin); [[fallthrough]];
        case 2: live = 0; coro::destroy(entry_range); break;
        case 1: live = 0; coro::destroy(price); break;
      }
    }

    Cache& cache;
    int tax;
    coro::parameter_pack<const Keys&...> keys_pack;
    int sum;
    union { coro::type_if_any<decltype(total_future_price(cache))> price; };
    union { coro::held<decltype((cache.entries()))> entry_range; };
    union { std::decay_t<decltype(coro::begin_of(*entry_range))> entry_begin; };
    union { std::decay_t<decltype(coro::end_of(*entry_range))> entry_end; };
    std::remove_reference_t<decltype((*entry_begin))>* entry;
    union { coro::awaited<decltype((entry->count()))> count; };
  };

  return total_future(cache, tax, std::forward<const Keys&>(keys)...);
}
