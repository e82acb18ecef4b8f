"""Prints what a report of --layout=json says as static_asserts, for a compiler that ignores access (-fno-access-control).

Local structs have no name outside their functions, and are left out.
"""

import json
import sys

print("\n#include <cstddef>")
for future in json.load(open(sys.argv[1]))["futures"]:
    if "size" not in future or future["function"].endswith("lambda"):
        continue
    scope = future["function"].rpartition("::")[0]
    name = f"{scope}::{future['name']}"
    print(f"static_assert(sizeof({name}) == {future['size']} && alignof({name}) == {future['align']});")
    for member in future["members"]:
        print(f"static_assert(offsetof({name}, {member['name']}) == {member['offset']});")
        print(f"static_assert(sizeof({name}::{member['name']}) == {member['size']});")
