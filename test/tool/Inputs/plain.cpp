// No async function: every byte stays.
#include <vector>
  int   oddly ( std::vector<int>v ){ return v . size( ) ; }	// tab before this
