// The memory that this process occupies.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

inline std::size_t resident_bytes() {
  std::FILE *file = std::fopen("/proc/self/statm", "r");
  unsigned long total = 0, resident = 0;
  if (!file || std::fscanf(file, "%lu %lu", &total, &resident) != 2)
    std::abort();
  std::fclose(file);
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

inline long resident_kilobytes() {
  return static_cast<long>(resident_bytes() / 1024);
}
