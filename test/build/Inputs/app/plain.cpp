// No async function anywhere.
#include <vector>
#include "value.h"

int plain(int n) { return std::vector<int>(n, value()).front(); }
