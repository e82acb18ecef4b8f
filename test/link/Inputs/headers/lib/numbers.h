#pragma once
namespace service {
constexpr int first_number = 2;
inline const char* numbers_file() { return __FILE__; }
}  // namespace service
