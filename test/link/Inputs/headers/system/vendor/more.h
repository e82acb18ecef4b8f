#pragma once
namespace vendor {
constexpr int more = 5;
}
