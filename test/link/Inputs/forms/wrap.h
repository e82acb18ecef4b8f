#include "lib/forms.h" /* begins here
 and ends here */
inline int line_behind() { return __LINE__; }