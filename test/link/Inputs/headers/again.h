// Not lowered itself; but a directive that was skipped for a file that is read once must not read it anew.
#include "lib/service.h"
