// Included behind the futures: the calls that are counted, and a program that
// makes one of them as often as it is told.
int destroyed = 0;

COUNTED count_wake(int n) {
  static suspended<decltype(wakes_64(1))> one([] { return wakes_64(1); });
  return one.again() + n;
}
COUNTED count_wake_destructor(int n) {
  static suspended<decltype(counts_64(1))> one([] { return counts_64(1); });
  return one.again() + n;
}
COUNTED count_ready(int n) {
  return finished([n] { return ready_64(n); });
}
COUNTED count_ready_destructor(int n) {
  return finished([n] { return ends_64(n); });
}
COUNTED count_join_2(int n) {
  return finished([n] { return join_2(n); });
}
COUNTED count_join_8(int n) {
  return finished([n] { return join_8(n); });
}
COUNTED count_loop(int n) {
  return finished([n] { return loop(n); });
}

static int (*call_of(const char *name))(int) {
  struct {
    const char *name;
    int (*call)(int);
  } all[] = {
      {"wake", count_wake},     {"wake_destructor", count_wake_destructor},
      {"ready", count_ready},   {"ready_destructor", count_ready_destructor},
      {"join_2", count_join_2}, {"join_8", count_join_8},
      {"loop", count_loop},
  };
  for (const auto &each : all)
    if (std::strcmp(name, each.name) == 0)
      return each.call;
  return nullptr;
}

int main(int, char **arguments) {
  auto call = call_of(arguments[1]);
  int sum = 0;
  for (int left = std::atoi(arguments[2]); left > 0; --left)
    sum += call(left);
  std::printf("%d\n", sum);
}
