#pragma once
inline int value() { return 1; }
